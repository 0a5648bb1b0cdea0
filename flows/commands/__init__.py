"""What ``jiaokan`` can be told to do: one function a command, its docstring the help."""
