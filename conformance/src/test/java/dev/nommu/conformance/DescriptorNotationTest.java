package dev.nommu.conformance;

import dev.nommu.api.Profile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls of scenarios about descriptors, vectors and access, and those by number. */
class DescriptorNotationTest {
  /** As recorded from Linux 6.12, but for locks. */
  private static final String DUPLICATES =
      """
      f = open("/tmp/f", O_RDWR|O_CREAT, 0644) = 3
      d = fcntl(f, F_DUPFD, 10) = 10
      fcntl(d, F_GETFD) = 0
      e = fcntl(f, F_DUPFD_CLOEXEC, 20) = 20
      fcntl(e, F_GETFD) = 1
      fcntl(f, F_DUPFD, 10) = 11
      fcntl(f, F_DUPFD, 100000) = -1 EINVAL
      fcntl(f, F_DUPFD, -1) = -1 EINVAL
      fcntl(f, 9999, 0) = -1 EINVAL
      fcntl(99, F_DUPFD, 0) = -1 EBADF
      write(d, "abc") = 3
      lseek(f, 0, SEEK_CUR) = 3
      close(f) = 0
      pread(e, 3, 0) = "abc"
      open("/tmp", O_RDONLY) = 3
      """;

  private static final String REPLACED =
      """
      w = open("/proc/devices", O_RDONLY|O_CLOEXEC) = 3
      dup3(w, 30, O_CLOEXEC) = 30
      fcntl(30, F_GETFD) = 1
      dup3(w, 500) = 500
      fcntl(500, F_GETFD) = 0
      dup3(w, w, 0) = -1 EINVAL
      dup3(w, 31, O_APPEND) = -1 EINVAL
      dup3(99, 31, 0) = -1 EBADF
      dup3(w, 1024, 0) = -1 EBADF
      pipe() = {read=4, write=5}
      dup3(w, 5) = 5
      read(4, 1) = ""
      """;

  private static final String VECTORS =
      """
      a = mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = a
      poke64(a, a+4096) = 0
      poke64(a+8, 3) = 0
      poke64(a+16, 0) = 0
      poke64(a+24, 0) = 0
      poke64(a+32, a+4200) = 0
      poke64(a+40, 4) = 0
      poke(a+4096, "one") = 0
      poke(a+4200, "four") = 0
      f = open("/tmp/f", O_RDWR|O_CREAT, 0644) = 3
      writev(f, a, 3) = 7
      pwritev(f, a, 3, 5) = 7
      pread(f, 99, 0) = "onefoonefour"
      lseek(f, 1, SEEK_SET) = 1
      readv(f, a, 3) = 7
      peek(a+4096, 3) = "nef"
      peek(a+4200, 4) = "oone"
      preadv(f, a, 3, 8) = 4
      peek(a+4096, 3) = "fou"
      peek(a+4200, 4) = "rone"
      readv(f, a, 0) = 0
      readv(f, a, 1025) = -1 EINVAL
      readv(f, a, -1) = -1 EINVAL
      readv(99, a, 1) = -1 EBADF
      preadv(f, a, 0, -1) = -1 EINVAL
      readv(f, 8, 1) = -1 EFAULT
      poke64(a+40, -1) = 0
      writev(f, a, 3) = -1 EINVAL
      fdatasync(f) = 0
      fdatasync(99) = -1 EBADF
      """;

  private static final String ACCESS =
      """
      open("/tmp/h", O_RDWR|O_CREAT, 0644) = 3
      access("/tmp/h", F_OK) = 0
      access("/tmp/h", X_OK) = -1 EACCES
      access("/tmp/h", R_OK|W_OK) = 0
      access("/none", 0) = -1 ENOENT
      access("/tmp/h", 8) = -1 EINVAL
      mkdir("/tmp/d") = 0
      mount("none", "/tmp/d", "ramfs", MS_NOEXEC) = 0
      access("/tmp/d", R_OK|W_OK|X_OK) = 0
      open("/tmp/d/x", O_RDWR|O_CREAT, 0755) = 4
      access("/tmp/d/x", X_OK) = -1 EACCES
      mkdir("/tmp/r") = 0
      mount("none", "/tmp/r", "ramfs", MS_RDONLY) = 0
      access("/tmp/r", W_OK) = -1 EROFS
      access("/tmp/r", R_OK) = 0
      """;

  private static final String LOCKED_AND_SENT =
      """
      f = open("/tmp/f", O_RDWR|O_CREAT, 0644) = 3
      g = open("/tmp/f", O_RDWR) = 4
      flock(f, LOCK_EX) = 0
      flock(g, LOCK_SH|LOCK_NB) = -1 EAGAIN
      flock(f, LOCK_UN) = 0
      syscall(32, g, LOCK_SH|LOCK_NB) = 0
      write(f, "0123456789") = 10
      h = open("/tmp/h", O_RDWR|O_CREAT, 0666) = 5
      a = mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = a
      poke64(a, 4) = 0
      sendfile(h, f, a, 3) = 3
      peek64(a) = 0x7
      syscall(71, h, f, a, 9) = 3
      peek64(a) = 0xa
      pread(h, 9, 0) = "456789"
      sendfile(h, f, 8, 1) = -1 EFAULT
      umask(077) = 18
      syscall(166, 0) = 63
      """;

  private static final String ABSENT =
      """
      splice(3, 0, 4, 0, 10, 0) = -1 ENOSYS
      copy_file_range(3, 0, 4, 0, 10, 0) = -1 ENOSYS
      open("/tmp", O_RDONLY) = 3
      fcntl(3, F_SETLK, 0) = -1 ENOSYS
      syscall(9999) = -1 ENOSYS
      syscall(56, 3, "x", O_RDONLY) = -1 ENOSYS
      """;

  private static final String BY_NUMBER =
      """
      f = syscall(56, AT_FDCWD, "/tmp/f", O_RDWR|O_CREAT, 0644) = 3
      a = syscall(222, 0, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = a
      poke(a, "/tmp/f") = 0
      syscall(64, f, a, 6) = 6
      pread(f, 9, 0) = "/tmp/f"
      syscall(56, AT_FDCWD, a, O_RDONLY) = 4
      syscall(221, "/none", 0, 0) = -1 ENOENT
      syscall(49, 8) = -1 EFAULT
      syscall(67, f, a+100, 5, 1) = 5
      peek(a+100, 5) = "tmp/f"
      pread(f, a+200, 9, 4) = 2
      peek(a+200, 3) = "/f\\0"
      syscall(36, "f", AT_FDCWD, "/tmp/s") = 0
      syscall(78, AT_FDCWD, "/tmp/s", a+300, 8) = 1
      syscall(79, AT_FDCWD, "/tmp/s", a+512, 0x100) = 0
      peek16(a+528) = 0xa1ff
      syscall(79, AT_FDCWD, "/tmp/s", a+512, 0) = 0
      peek16(a+528) = 0x81a4
      syscall(79, f, "", a+512, 0x1000) = 0
      peek64(a+560) = 0x6
      syscall(276, AT_FDCWD, "/tmp/s", AT_FDCWD, "/tmp/t", 1) = -1 EINVAL
      syscall(276, AT_FDCWD, "/tmp/s", AT_FDCWD, "/tmp/t") = 0
      syscall(35, AT_FDCWD, "/tmp/t", 0x200) = -1 ENOTDIR
      syscall(35, AT_FDCWD, "/tmp/t") = 0
      poke64(a+600, 0) = 0
      poke64(a+608, 1000) = 0
      syscall(98, a+592, FUTEX_WAIT, 0, a+600) = -1 ETIMEDOUT
      syscall(98, a+592, FUTEX_WAKE, 1) = 0
      syscall(57, "text") = -1 EFAULT
      syscall(215, a, 4096) = 0
      """;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void fcntl04_dupfd_isTheLowestDescriptorFromANumberOn(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, DUPLICATES);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void fcntl05_dup3_replacesWhatADescriptorMeans(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, REPLACED);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void file12_sendfileWithAnAddress_takesTheOffsetFromThere(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, LOCKED_AND_SENT);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void file08_vectors_moveOnePieceAfterTheOther(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, VECTORS);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void own12_access_asksAndChangesNothing(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, ACCESS);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void nosys03_callThatIsLeftOut_isEnosys(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, ABSENT);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void syscall_isTheCallOfItsNumber(Profile profile) throws Exception {
    StatedScenario.assertAnswers(profile, BY_NUMBER);
  }
}
