package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values from the headers and manual pages of Linux, at least one of each table. */
class ConstantsTest {
  @ParameterizedTest
  @CsvSource({
    "NULL, 0",
    "SIZE_MAX, 0xffffffffffffffff",
    "INT_MIN, 0xffffffff80000000",
    "PROT_EXEC, 0x4",
    "MAP_ANONYMOUS, 0x20",
    "MAP_FIXED_NOREPLACE, 0x100000",
    "MAP_UNINITIALIZED, 0x4000000",
    "MREMAP_MAYMOVE, 0x1",
    "MS_SYNC, 0x4",
    "MS_RDONLY, 0x1",
    "MCL_CURRENT, 0x1",
    "MADV_DONTNEED, 0x4",
    "O_CREAT, 0x40",
    "O_DIRECTORY, 0x10000",
    "O_LARGEFILE, 0x8000",
    "O_PATH, 0x200000",
    "S_IFIFO, 0x1000",
    "SEEK_CUR, 0x1",
    "AT_FDCWD, 0xffffffffffffff9c",
    "FALLOC_FL_PUNCH_HOLE, 0x2",
    "MFD_CLOEXEC, 0x1",
    "IPC_CREAT, 0x200",
    "IPC_STAT, 0x2",
    "SHM_RDONLY, 0x1000",
    "SHM_EXEC, 0x8000",
    "FUTEX_WAKE, 0x1",
    "FUTEX_PRIVATE, 0x80",
    "PTRACE_TRACEME, 0x0",
    "CLONE_VM, 0x100",
    "CLONE_VFORK, 0x4000",
    "WNOHANG, 0x1",
    "POLLRDHUP, 0x2000",
    "F_SETFL, 0x4",
    "SIGCHLD, 0x11",
    "READ_IMPLIES_EXEC, 0x400000",
    "BLKGETSIZE64, 0x80081272",
    "MEMGETINFO, 0x80204d01",
    "MEMERASE, 0x40084d02",
    "FBIOGET_FSCREENINFO, 0x4602",
  })
  void constant_hasTheValueOfAsmGeneric(String name, String value) {
    long expected = Long.parseUnsignedLong(value.replace("0x", ""), 16);
    assertThat(Vocabulary.onPath().constant(name)).contains(expected);
  }
}
