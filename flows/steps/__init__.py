"""The cleaning steps: one module a kind of damage, each ignorant of the others and of Prefect.

Every step exports ``propose(texts, settings)``, which yields one list of edits for each text, in
order. A step is given many texts at once so that it may compute over all of them together; its
answer for a text never depends on the other texts.
"""
