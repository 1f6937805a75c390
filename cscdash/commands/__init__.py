"""The command line: a file for each subject, and each command a few lines over the layers below."""
