package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.Links;
import dev.orchestrator.testkit.disk.DiskImage;
import dev.orchestrator.testkit.disk.DiskLoss;
import dev.orchestrator.testkit.disk.DiskModel;
import dev.orchestrator.testkit.disk.DiskRecorder;
import dev.orchestrator.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path temp;

    private Path real = Path.of("");

    @BeforeEach
    void lay_out() throws IOException {
        real = Files.createDirectory(temp.toRealPath().resolve("real"));
        new Home(real).prepare();
    }

    @Test
    void its_directories_survive_a_power_cut() throws IOException {
        Path empty = Files.createDirectory(temp.toRealPath().resolve("empty"));
        DiskModel model = DiskModel.of(empty, empty, DiskImage.of(empty));
        DiskRecorder recorder = new DiskRecorder(Stream::of);
        FaultyDisk disk = new FaultyDisk();
        disk.watch(recorder);

        new Home(disk.on(empty)).prepare();

        recorder.log().forEach(model::apply);
        assertThat(model.after(DiskLoss.of(false, false)).files().keySet())
                .containsAll(model.whole().files().keySet())
                .contains("results/", "logs/runs/", "tasks/accepted/");
    }

    @Test
    void its_own_places_are_named_once_where_no_link_leads_to_them() {
        Home home = new Home(real);

        assertThat(home.ownDirectories())
                .containsExactly(
                        home.tasks(),
                        home.results(),
                        home.summaries(),
                        home.logs(),
                        home.templates(),
                        home.schedules(),
                        home.attachments());
        assertThat(home.ownFiles()).containsExactly(home.dotenv(), home.settings());
    }

    @Test
    void a_home_behind_a_link_owns_the_places_by_their_real_names_too() throws IOException {
        Home home = new Home(Links.symbolic(temp.toRealPath().resolve("link"), real));

        assertThat(home.ownDirectories()).contains(home.tasks(), real.resolve("tasks"), real.resolve("templates"));
        assertThat(home.ownFiles()).contains(home.dotenv(), real.resolve(".env"), real.resolve("orchestrator.yaml"));
    }

    @Test
    void a_directory_that_is_a_link_is_owned_where_it_leads() throws IOException {
        Path elsewhere = Files.createDirectory(temp.toRealPath().resolve("elsewhere"));
        Files.delete(real.resolve("results"));
        Links.symbolic(real.resolve("results"), elsewhere);

        assertThat(new Home(real).ownDirectories()).contains(real.resolve("results"), elsewhere);
    }
}
