"""Measurements that are too long, or need too much real data, for the tests."""
