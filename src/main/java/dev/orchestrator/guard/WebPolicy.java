package dev.orchestrator.guard;

import dev.orchestrator.guard.Refusal.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a task may look at an address. Pure. */
final class WebPolicy {
    static final Set<String> TOOLS = Set.of("WebFetch", "WebSearch");
    private static final String FETCH = "WebFetch(domain:";

    private final boolean search;
    private final List<String> hosts;

    /** @param rules permission rules of the task, of which {@code WebFetch(domain:HOST)} and {@code WebSearch} count */
    WebPolicy(List<String> rules) {
        this.search = rules.contains("WebSearch");
        this.hosts = rules.stream()
                .filter(rule -> rule.startsWith(FETCH) && rule.endsWith(")"))
                .map(rule -> rule.substring(FETCH.length(), rule.length() - 1).toLowerCase(Locale.ROOT))
                .toList();
    }

    Decision decide(ToolUse use) {
        if ("WebSearch".equals(use.tool())) {
            return search ? new Decision.Granted() : refused("this task may not search the web", null);
        }
        String url = use.input("url").orElse("");
        Optional<String> host = host(url);
        return host.isPresent() && hosts.stream().anyMatch(rule -> matches(rule, host.get()))
                ? new Decision.Granted()
                : refused("this task may not fetch from " + host.orElse("there"), url);
    }

    /** {@code *.example.org} is every host below {@code example.org}, and not that itself. */
    private static boolean matches(String rule, String host) {
        return rule.startsWith("*.") ? host.endsWith(rule.substring(1)) : host.equals(rule);
    }

    private static Decision refused(String reason, @Nullable String target) {
        return new Decision.Refused(new Refusal(Kind.NETWORK, reason, target, null));
    }

    private static Optional<String> host(String url) {
        try {
            URI address = new URI(url);
            String scheme = address.getScheme();
            boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
            return web && address.getUserInfo() == null
                    ? Optional.ofNullable(address.getHost()).map(host -> host.toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
