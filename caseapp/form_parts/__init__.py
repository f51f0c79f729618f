"""The parts that forms are put together from: the lists they offer and their longer sections."""
