package dev.orchestrator.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(VersionProvider.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new String[] {"AI Task Orchestrator " + version};
    }
}
