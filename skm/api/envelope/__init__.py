"""The JSON envelope that programs send and the answer they get; the same for the command and for the interface."""
