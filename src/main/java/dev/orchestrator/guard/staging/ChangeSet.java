package dev.orchestrator.guard.staging;

import dev.orchestrator.task.TaskId;
import java.util.List;

/**
 * What a guarded turn changed in its copy, {@code turn-N.change.json}. Sample:
 *
 * <pre>
 * {"schema_version":1,"task_id":"fix-login","turn":1,"directory":"/srv/app/services/auth","prefix":"services/auth/",
 *  "patch_sha256":"60fd...","missing":[],
 *  "files":[{"path":"login.py","before":{"kind":"file","bytes":812,"sha256":"5f2a...","permissions":"rw-r--r--"},
 *            "after":{"kind":"file","bytes":830,"sha256":"e618...","permissions":"rw-r--r--"}}]}
 * </pre>
 *
 * @param directory of the task, where the change belongs
 * @param prefix of the paths in the patch: from the top of the repository to the directory
 * @param patchSha256 of the patch as people see it
 * @param missing what was changed too and no patch can carry: devices, sockets, repositories within
 * @param files sorted by path
 */
public record ChangeSet(
        int schemaVersion,
        TaskId taskId,
        int turn,
        String directory,
        String prefix,
        String patchSha256,
        List<String> missing,
        List<Change> files) {
    static final int SCHEMA_VERSION = 1;

    public ChangeSet {
        missing = List.copyOf(missing);
        files = List.copyOf(files);
    }

    public List<String> paths() {
        return files.stream().map(Change::path).toList();
    }
}
