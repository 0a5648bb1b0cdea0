"""How a text stands on its page: lines, their widths and gaps, hyphens at their ends."""
