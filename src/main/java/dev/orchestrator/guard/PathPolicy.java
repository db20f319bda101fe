package dev.orchestrator.guard;

import dev.orchestrator.guard.Refusal.Kind;
import dev.orchestrator.task.Access;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task may read or change a file. A path counts as the place where it leads, links followed; a program that takes
 * {@code a/../b} apart before it opens it, as the CLI does, and the system, which follows {@code a} first, may mean two places,
 * and both have to be within bounds. Looks at the disk and changes nothing.
 */
final class PathPolicy {
    /** Links in there lead somewhere else for each process that asks. */
    private static final List<String> DIFFERENT_FOR_EACH = List.of("/proc", "/dev");

    /** What Linux takes at most; to follow longer ones takes long enough to keep others from being answered. */
    static final int LONGEST_PATH = 4096;

    private final Bounds bounds;
    private final OwnFiles own;
    private final SecretFiles secrets;
    private final List<Path> protectedPlaces;
    private final boolean windows;

    PathPolicy(Bounds bounds, OwnFiles own, SecretFiles secrets) {
        this.bounds = bounds;
        this.own = own;
        this.secrets = secrets;
        this.protectedPlaces = ProtectedPlaces.in(bounds.directory());
        this.windows = "\\".equals(bounds.directory().getFileSystem().getSeparator());
    }

    /** @param notes a directory outside that may be read all the same; null when there is none */
    Optional<Refusal> reading(String target, Path cwd, @Nullable Path notes) {
        return judged(target, cwd, place -> forReading(place, notes));
    }

    Optional<Refusal> changing(String target, Path cwd) {
        return judged(target, cwd, this::forChanging);
    }

    /** Judges a place that is spelt out already. */
    private interface Judge {
        /** Empty when there is nothing against it. */
        Optional<Objection> of(Path real);
    }

    private record Objection(Kind kind, String why) {}

    private Optional<Refusal> judged(String target, Path cwd, Judge judge) {
        Optional<String> odd = odd(target);
        if (odd.isPresent()) {
            return Optional.of(refusal(Kind.UNCLEAR, "the path is not plain: " + odd.get(), target, null));
        }
        Path asWritten = cwd.resolve(target);
        Path shortened = asWritten.normalize();
        if (isDifferentForEach(shortened)) {
            return Optional.of(refusal(Kind.OUTSIDE, outside(), target, shortened));
        }
        Set<Path> places = new LinkedHashSet<>();
        for (Path path : List.of(asWritten, shortened)) {
            Optional<Path> real = RealPath.of(path);
            if (real.isEmpty()) {
                return Optional.of(refusal(Kind.UNCLEAR, "nobody can tell where the path leads", target, null));
            }
            places.add(real.get());
        }
        return places.stream()
                .flatMap(place -> judge.of(place).stream()
                        .map(objection -> refusal(objection.kind(), objection.why(), target, place)))
                .findFirst();
    }

    private Optional<String> odd(String target) {
        if (target.length() > LONGEST_PATH) {
            return Optional.of("it is too long");
        }
        // The program leaves such characters out of some paths, and not of others.
        if (target.isEmpty() || isBlank(target.charAt(0)) || isBlank(target.charAt(target.length() - 1))) {
            return Optional.of("it begins or ends with a blank");
        }
        if (target.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("it has a character in it that no plain name has");
        }
        if (target.equals("~") || target.startsWith("~/") || target.startsWith("~\\")) {
            return Optional.of("it begins with ~, which not every program takes for the same directory");
        }
        if (!canBeNamed(target)) {
            return Optional.of("no file can be called so");
        }
        return windows ? WindowsName.problem(target) : Optional.empty();
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }

    private boolean canBeNamed(String target) {
        try {
            return !bounds.directory().resolve(target).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private boolean isDifferentForEach(Path path) {
        return DIFFERENT_FOR_EACH.stream()
                .anyMatch(top -> path.startsWith(top) && !bounds.directory().startsWith(top));
    }

    private Optional<Objection> forReading(Path place, @Nullable Path notes) {
        if (own.forbidReading(place)) {
            return Optional.of(ownFile());
        }
        Optional<Path> below = within(place);
        if (below.isEmpty()) {
            return notes != null && RealPath.of(notes).filter(place::startsWith).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Objection(Kind.OUTSIDE, outside()));
        }
        return secret(below.get());
    }

    private Optional<Objection> forChanging(Path place) {
        if (own.forbidChanging(place)) {
            return Optional.of(ownFile());
        }
        if (!place.startsWith(bounds.directory())) {
            return Optional.of(new Objection(Kind.OUTSIDE, outside()));
        }
        Path below = bounds.directory().relativize(place);
        Optional<Objection> secret = secret(below);
        if (secret.isPresent()) {
            return secret;
        }
        Optional<String> name = ProtectedNames.in(below);
        if (name.isPresent()) {
            return Optional.of(
                    new Objection(Kind.PROTECTED, name.get() + " tells other programs what to do and is not changed"));
        }
        if (protectedPlaces.stream().anyMatch(place::startsWith)) {
            return Optional.of(new Objection(
                    Kind.PROTECTED, "what tells other programs what to do leads there, and is not changed"));
        }
        return bounds.access() == Access.READ
                ? Optional.of(new Objection(Kind.READ_ONLY, "this task may change nothing"))
                : Optional.empty();
    }

    /** {@code place} as it is below the root that it lies in. */
    private Optional<Path> within(Path place) {
        if (place.startsWith(bounds.directory())) {
            return Optional.of(bounds.directory().relativize(place));
        }
        return bounds.readRoots().stream()
                .filter(place::startsWith)
                .map(root -> root.relativize(place))
                .findFirst();
    }

    private Optional<Objection> secret(Path below) {
        return secrets.in(below)
                .map(name -> new Objection(Kind.SECRET, name + " is likely to hold a secret and is not touched"));
    }

    private String outside() {
        return "it is outside of " + bounds.directory() + ", where this task works";
    }

    private static Objection ownFile() {
        return new Objection(Kind.OWN, "it belongs to the orchestrator");
    }

    private static Refusal refusal(Kind kind, String reason, String target, @Nullable Path place) {
        return new Refusal(kind, reason, target, place);
    }
}
