/* one AGENT PROMPT DIR NAME: runs AGENT with PROMPT as its input; its output goes to DIR/NAME, synced and renamed. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int run(const char *agent, const char *prompt, int out) {
    pid_t child = vfork();
    if (child == 0) {
        int in = open(prompt, O_RDONLY);
        dup2(in, 0);
        dup2(out, 1);
        execl(agent, agent, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    return child < 0 || waitpid(child, &status, 0) < 0 || status != 0;
}

int main(int argc, char **argv) {
    char temporary[4096], result[4096];
    if (argc != 5) {
        return 2;
    }
    snprintf(temporary, sizeof temporary, "%s/%s.tmp", argv[3], argv[4]);
    snprintf(result, sizeof result, "%s/%s", argv[3], argv[4]);
    int out = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    return out < 0 || run(argv[1], argv[2], out) || fsync(out) || rename(temporary, result);
}
