#ifndef LONGHAND_CFILEACCESS_H
#define LONGHAND_CFILEACCESS_H

/// Gives the file behind `to` the extended attributes of the one behind `from`, access lists among them. Returns 0, or -1 with
/// `errno` where one of them can't be given; a file system that has none has nothing to copy.
int longhand_copy_attributes(int from, int to);

#endif
