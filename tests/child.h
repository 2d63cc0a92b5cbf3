/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child.h - run what is expected to end the program in a process of its own.
 */
#ifndef MLIN_TESTS_CHILD_H
#define MLIN_TESTS_CHILD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Call `run(context)` in a child process; what it writes to the descriptor `fd`
 * (1 or 2) comes back in `said`, cut at 4095 bytes.  Returns its exit status:
 * 100 when `run` returned, -1 when a signal ended it.
 */
static inline int child_run(void (*run)(void *context), void *context, int fd,
                            char said[4096])
{
    int ends[2], status;
    size_t len = 0;
    ssize_t got;
    pid_t child;

    fflush(NULL);
    if (pipe(ends) < 0 || (child = fork()) < 0)
        abort();
    if (child == 0) {
        dup2(ends[1], fd);
        close(ends[0]);
        close(ends[1]);
        run(context);
        fflush(NULL);
        _exit(100);
    }
    close(ends[1]);
    while ((got = read(ends[0], said + len, 4095 - len)) > 0)
        len += (size_t)got;
    said[len] = '\0';
    close(ends[0]);
    if (waitpid(child, &status, 0) != child)
        abort();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#endif
