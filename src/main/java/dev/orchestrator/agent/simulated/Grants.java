package dev.orchestrator.agent.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permission rules of a settings file, as far as they name paths the way the orchestrator writes them:
 * {@code Edit(./**)}, {@code Edit(./tasks/**)}, {@code Read(//srv/repo/**)}, {@code Edit(./.env)}. A deny rule wins; what no
 * rule allows is refused.
 */
final class Grants {
    private static final Pattern RULE = Pattern.compile("(\\w+)\\((\\./|//)(.*)\\)", Pattern.DOTALL);
    private static final String BELOW = "**";

    private final List<Rule> allow;
    private final List<Rule> deny;

    /** @param directory the working directory; its real path */
    Grants(JsonNode settings, Path directory) {
        this.allow = rules(settings.path("permissions").path("allow"), directory);
        this.deny = rules(settings.path("permissions").path("deny"), directory);
    }

    private record Rule(String tool, Path path, boolean below) {
        boolean covers(String wanted, Path file) {
            return tool.equals(wanted) && (below ? file.startsWith(path) : file.equals(path));
        }
    }

    /** @param file its real path */
    boolean allows(String tool, Path file) {
        return deny.stream().noneMatch(rule -> rule.covers(tool, file))
                && allow.stream().anyMatch(rule -> rule.covers(tool, file));
    }

    private static List<Rule> rules(JsonNode texts, Path directory) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode text : texts) {
            Matcher rule = RULE.matcher(text.asText());
            if (rule.matches()) {
                String path = unescaped(rule.group(3));
                boolean below = path.equals(BELOW) || path.endsWith("/" + BELOW);
                String named = below ? path.substring(0, path.length() - BELOW.length()) : path;
                Path base = rule.group(2).equals("./") ? directory : root(directory);
                rules.add(
                        new Rule(rule.group(1), base.resolve(drive(named, base)).normalize(), below));
            }
        }
        return rules;
    }

    private static Path root(Path directory) {
        Path root = directory.getRoot();
        return root == null ? directory : root;
    }

    /** {@code c/repo}, as rules have it, is {@code c:/repo} where there are drives. */
    private static String drive(String path, Path base) {
        boolean hasDrives = base.equals(base.getRoot()) && base.toString().contains(":");
        return hasDrives && path.matches("[a-z]/.*") ? path.charAt(0) + ":" + path.substring(1) : path;
    }

    private static String unescaped(String path) {
        return path.replace("\\[", "[").replace("\\]", "]").replace("\\*", "*").replace("\\\\\\\\", "\\");
    }
}
