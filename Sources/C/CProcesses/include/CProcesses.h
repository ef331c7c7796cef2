#ifndef LONGHAND_CPROCESSES_H
#define LONGHAND_CPROCESSES_H

/// Makes a pipe whose ends no child inherits, where the system can do that in one step: between two, another thread could
/// start a child that keeps the pipe open. Returns 0, or -1 with `errno`.
int longhand_private_pipe(int ends[2]);

#endif
