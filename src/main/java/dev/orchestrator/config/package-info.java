/**
 * Where things lie and how they are set. Read {@link dev.orchestrator.config.Home} (every path of a home, known nowhere
 * else), then {@link dev.orchestrator.config.Config} (every setting, typed; its table is
 * {@link dev.orchestrator.config.Settings}).
 *
 * <p>smallrye-config decides which of the layers answers for a setting, and keeps with each value what was written and
 * where. Reading the two files is ours, because its readers do not serve people: the one for {@code .env} is a properties
 * reader (it eats the backslashes of {@code C:\Users}, keeps quotes, and does not know {@code export}), the one for YAML
 * lets the last of two equal keys win in silence and overflows the stack on an alias inside its own anchor, and neither
 * knows the line. So is turning text into values: its converters know neither our durations and sizes nor a remedy.
 */
@NullMarked
package dev.orchestrator.config;

import org.jspecify.annotations.NullMarked;
