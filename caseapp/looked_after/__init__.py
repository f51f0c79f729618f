"""The care record of a looked-after child: rows typed from day to day, pages and papers made of them."""
