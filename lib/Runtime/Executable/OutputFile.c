//===- OutputFile.c - Files that are whole or not there -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written beside under a name of this process, then renamed. What is no regular
// file (a device, a pipe) is written in place: renaming would replace it.
//
//===----------------------------------------------------------------------===//

#define _DEFAULT_SOURCE
#include "Files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int vox_output_open(vox_output_file *file, const char *path,
                    vox_file_message *message) {
  file->path = path;
  file->beside[0] = 0;
  struct stat status;
  if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
    file->descriptor = open(path, O_WRONLY);
  } else {
    int length = snprintf(file->beside, sizeof file->beside, "%s.%ld.tmp", path,
                          (long)getpid());
    if (length >= (int)sizeof file->beside)
      return vox_file_fail(message, path, "cannot write: %s",
                           strerror(ENAMETOOLONG));
    unlink(file->beside); /* left by a killed process of the same number */
    file->descriptor = open(file->beside, O_WRONLY | O_CREAT | O_EXCL, 0666);
  }
  if (file->descriptor < 0)
    return vox_file_fail(message, path, "cannot write: %s", strerror(errno));
  return 0;
}

int vox_output_write(vox_output_file *file, const void *data, size_t size) {
  const char *next = data;
  while (size > 0) {
    ssize_t written = write(file->descriptor, next, size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return 1;
    next += written;
    size -= written;
  }
  return 0;
}

int vox_output_close(vox_output_file *file, int failed,
                     vox_file_message *message) {
  int error = !failed ? 0 : errno ? errno : EIO;
  if (close(file->descriptor) != 0 && !error)
    error = errno;
  if (file->beside[0]) {
    if (!error && rename(file->beside, file->path) != 0)
      error = errno;
    if (error)
      unlink(file->beside);
  }
  if (error)
    return vox_file_fail(message, file->path, "cannot write: %s",
                         strerror(error));
  return 0;
}
