package dev.orchestrator.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Chooses a script by the text of a conversation's first user message, so that several runs share one server.
 *
 * <p>{@code routes().when("MARK-1", first).when("MARK-2", second).orElse(other)}; the first match wins. Immutable.
 */
public final class Routes {
    private static final Script NOTHING =
            Script.script().error(400, "invalid_request_error", "scripted API: no script for this prompt");

    private final List<Route> routes;
    private final Script otherwise;

    private Routes(List<Route> routes, Script otherwise) {
        this.routes = List.copyOf(routes);
        this.otherwise = otherwise;
    }

    /** No route yet; a prompt that none matches is answered with an error that ends the run. */
    public static Routes routes() {
        return new Routes(List.of(), NOTHING);
    }

    /** This script for prompts that contain the marker. */
    public Routes when(String marker, Script script) {
        return when(prompt -> prompt.contains(marker), script);
    }

    public Routes when(Predicate<String> prompt, Script script) {
        List<Route> longer = new ArrayList<>(routes);
        longer.add(new Route(prompt, script));
        return new Routes(longer, otherwise);
    }

    /** The same routes, with this script for every other prompt. */
    public Routes orElse(Script script) {
        return new Routes(routes, script);
    }

    Script scriptFor(ApiRequest request) {
        String prompt = request.prompt();
        return routes.stream()
                .filter(route -> route.prompt.test(prompt))
                .findFirst()
                .map(Route::script)
                .orElse(otherwise);
    }

    private record Route(Predicate<String> prompt, Script script) {}
}
