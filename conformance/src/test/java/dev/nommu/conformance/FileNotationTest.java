package dev.nommu.conformance;

import dev.nommu.api.Profile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls of scenarios that make files and ask about them. */
class FileNotationTest {
  private static final String KINDS =
      """
      mknod("/tmp/f", 0600) = 0
      mknod("/tmp/r", S_IFREG|0600) = 0
      mknod("/tmp/d", S_IFDIR|0700) = -1 EPERM
      mknod("/tmp/l", S_IFLNK|0777) = -1 EINVAL
      mknod("/tmp/s", S_IFSOCK|0600) = 0
      open("/tmp/s", O_RDWR) = -1 ENXIO
      """;

  private static final String POLLED =
      """
      pipe() = {read=3, write=4}
      poll(3, POLLIN|POLLOUT, 0) = 0
      poll(3, POLLIN, 1500) = 0
      poll(4, POLLIN|POLLOUT, 0) = POLLOUT
      write(4, "ab") = 2
      poll(3, POLLIN|POLLPRI) = POLLIN
      close(4) = 0
      poll(3, 0) = POLLHUP
      poll(4, POLLIN) = POLLNVAL
      """;

  private static final String FLAGS =
      """
      pipe() = {read=3, write=4}
      fcntl(3, F_GETFL) = 0
      fcntl(3, F_SETFL, O_NONBLOCK) = 0
      fcntl(3, F_GETFL) = 2048
      read(3, 1) = -1 EAGAIN
      fcntl(3, F_SETFD, FD_CLOEXEC) = 0
      fcntl(3, F_GETFD) = 1
      """;

  private static final String NUMBERS =
      """
      a = mmap(NULL, PAGE, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = a
      poke32(a, 0x12345678) = 0
      peek8(a) = 0x78
      peek16(a+2) = 0x1234
      poke16(a+4, ~0) = 0
      peek64(a) = 0xffff12345678
      poke64(a, 258//2) = 0
      poke8(a+1, 1) = 0
      peek(a, 3) = "\\201\\1\\0"
      peek32(0) = (fault: SIGSEGV)
      """;

  private static final String NAMES =
      """
      mkdir("/tmp/d") = 0
      chdir("/tmp/d") = 0
      open("f", O_RDWR|O_CREAT, 0640) = 3
      pwrite(3, "abc", 4095) = 3
      a = mmap(NULL, PAGE, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = a
      poke(a, "xyz") = 0
      pwrite(3, a, 2, 0) = 2
      pread(3, 3, 0) = "xy\\0"
      link("f", "g") = 0
      rename("g", "/tmp/h") = 0
      symlink("/tmp/h", "s") = 0
      readlink("s") = "/tmp/h"
      readlink("f") = -1 EINVAL
      readlink("s", a, 100) = 6
      readlink("s", a+64, 3) = 3
      peek(a, 8) = "/tmp/h\\0\\0"
      peek(a+64, 4) = "/tm\\0"
      readlink("s", a, 0) = -1 EINVAL
      stat("s") = {st_mode=S_IFREG|0640, st_nlink=2, st_uid=0, st_gid=0, st_blksize=4096, st_blocks=16, st_size=4098}
      lstat("s") = {st_mode=S_IFLNK|0777, st_nlink=1, st_uid=0, st_gid=0, st_blksize=4096, st_blocks=0, st_size=6}
      fstat(9) = -1 EBADF
      mknod("/tmp/n", S_IFCHR|0600, 0x103) = 0
      stat("/tmp/n") = {st_mode=S_IFCHR|0600, st_nlink=1, st_uid=0, st_gid=0, st_blksize=4096, st_blocks=0, st_rdev=makedev(0x1, 0x3)}
      fstat(3, a) = 0
      peek32(a+16) = 0x81a0
      peek64(a+48) = 0x1002
      utimensat("f", 7, UTIME_OMIT) = 0
      fstat(3, a) = 0
      peek64(a+72) = 0x7
      open(".", O_RDONLY|O_DIRECTORY) = 4
      getdents(4) =
          .
          ..
          s
          f
      getdents(4, a, PAGE) = 0
      getdents(3) = -1 ENOTDIR
      statfs("/tmp", a) = 0
      peek64(a) = 0x858458f6
      statfs("/tmp") = {f_type=0x858458f6, f_bsize=4096, f_blocks=0, f_bfree=0, f_files=0}
      mount("none", "/tmp/d", "ramfs") = 0
      """;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void numbers_areLoadedAndStoredAsRegistersAre(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, NUMBERS);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void names_areMadeAskedAboutAndListed(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, NAMES);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void poll01_poll_isWrittenWithTheNamesOfItsEvents(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, POLLED);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void fcntl03_fcntl_changesWhetherAReadWaits(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, FLAGS);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void own03_mknod_makesEveryKindButDirectoriesAndLinks(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, KINDS);
  }
}
