"""The facts about local governments that come with the program; README.md names their publishers."""
