/** How our files are written as JSON. One class: {@link dev.orchestrator.json.Json}. */
@NullMarked
package dev.orchestrator.json;

import org.jspecify.annotations.NullMarked;
