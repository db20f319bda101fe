package dev.orchestrator.guard.manifest;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Files that are looked at although git's rules ignore them. Paths are relative to the scanned directory. */
interface Tracked {

    /** No file. */
    Tracked NOTHING = new Tracked() {
        @Override
        public boolean contains(String path) {
            return false;
        }

        @Override
        public boolean anyBelow(String directory) {
            return false;
        }
    };

    /** Any file may be one of them: nobody knows. */
    Tracked PERHAPS_ALL = new Tracked() {
        @Override
        public boolean contains(String path) {
            return true;
        }

        @Override
        public boolean anyBelow(String directory) {
            return true;
        }
    };

    boolean contains(String path);

    /** True when one of the files lies in {@code directory} or deeper. */
    boolean anyBelow(String directory);

    /** The git blob that a file with this stat is known to hold, without reading it. */
    default Optional<ObjectId> blobOf(String path, FileStat stat) {
        return Optional.empty();
    }
}
