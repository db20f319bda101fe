package dev.orchestrator.mediator.ollama;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Ollama listens, in all the forms that its own variable {@code OLLAMA_HOST} has, read by the same rules (<a
 * href="https://github.com/ollama/ollama/blob/main/envconfig/config.go">{@code Host} and {@code ConnectableHost}</a>): a host, a
 * port, both, either with a scheme and a path. What means "all addresses" to a server means this machine to a client.
 *
 * @param scheme http or https
 * @param host a name (also such as no standard allows, {@code llama_box}), or a number; IPv6 in brackets
 * @param path empty, or with a slash at its beginning and none at its end
 */
public record OllamaAddress(String scheme, String host, int port, String path) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int USUAL_PORT = 11434;
    private static final int LAST_PORT = 65_535;
    private static final String CLOUD = "ollama.com";
    /** A name, an IPv4 address, or an IPv6 address in brackets; then a port. */
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]*):([^:\\[\\]]*)");

    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)]?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~/%-]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    /** @throws IllegalArgumentException when {@code text} is no such address; the message ends a sentence about it */
    public static OllamaAddress parse(String text) {
        String address = text.strip();
        if (address.indexOf('@') >= 0) {
            throw new IllegalArgumentException("has a user name in it, of which Ollama knows nothing");
        }
        int colon = address.indexOf("://");
        if (colon >= 0) {
            String scheme = address.substring(0, colon).toLowerCase(Locale.ROOT);
            return of(scheme, address.substring(colon + "://".length()), usualPort(scheme));
        }
        return address.equals(CLOUD) ? of("https", CLOUD, usualPort("https")) : of("http", address, USUAL_PORT);
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default ->
                throw new IllegalArgumentException("has the scheme " + scheme + ", where http or https is needed");
        };
    }

    private static OllamaAddress of(String scheme, String rest, int usualPort) {
        int slash = rest.indexOf('/');
        String hostAndPort = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
        Matcher parts = WITH_PORT.matcher(hostAndPort);
        boolean withPort = parts.matches();
        String host = connectable(withPort ? parts.group(1) : hostAndPort);
        int port = withPort ? port(parts.group(2), usualPort) : usualPort;
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("has a path with characters that do not belong there");
        }
        return new OllamaAddress(scheme, host, port, path);
    }

    /** What is no port is passed over, as Ollama does. */
    private static int port(String text, int usualPort) {
        int port = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
        return port >= 0 && port <= LAST_PORT ? port : usualPort;
    }

    /** No client can connect to "all addresses"; some systems take it for this machine, Windows does not. */
    private static String connectable(String host) {
        Matcher six = IPV6.matcher(host);
        if (six.matches()) {
            return six.group(1).equals("::") ? "[::1]" : "[" + six.group(1) + "]";
        }
        if (host.isEmpty() || host.equals("0.0.0.0")) {
            return LOOPBACK;
        }
        if (!NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("has no host that can be connected to");
        }
        return host;
    }

    /** True when nothing that is sent there leaves this machine, as far as the address tells. */
    public boolean isLocal() {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port + path;
    }
}
