package dev.orchestrator.secret;

import java.util.List;

/** How a kind of secret is recognized: by a few characters that it always has, and a closer look around them. */
interface Rule {
    /** Texts of which one is always there; upper and lower case are the same here. */
    List<String> anchors();

    /** What is around the anchor between {@code from} and {@code to}; case has not been compared. */
    Look look(String text, int from, int to);
}
