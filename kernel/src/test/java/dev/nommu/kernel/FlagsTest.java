package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a mapping is when it is made, and what flags of a request mean nothing: section FLAGS. */
final class FlagsTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;
  private static final int MAP_DENYWRITE = 0x800;
  private static final int MAP_EXECUTABLE = 0x1000;

  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();

  private TaskCalls init(Profile profile) {
    TestBoard board = TestBoard.withMebibytes(8).files(Map.of("data", TaskCalls.pattern(2 * PAGE)));
    return new TaskCalls(machines.boot(board.build(), profile, device).init());
  }

  private static Vma mapping(TaskCalls p, long address) {
    return p.space().find(address).orElseThrow();
  }

  private static Set<Protection> ofBits(int bits) {
    return Arrays.stream(Protection.values())
        .filter(each -> (bits & each.bit()) != 0)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void flags01_protectionsAskedFor_areThoseOfTheMapping(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", PAGE);
    for (int bits = 0; bits < 8; bits++) {
      long anonymous = p.task().mmap(0, PAGE, bits, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      long shared = p.map(file, PAGE, bits, MAP_SHARED);
      for (long address : new long[] {anonymous, shared}) {
        Vma vma = mapping(p, address);
        assertThat(Protection.values())
            .filteredOn(vma.flags()::has)
            .containsExactlyInAnyOrderElementsOf(ofBits(bits));
        p.task().munmap(address, PAGE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void flags09_sharedMapping_isShareable(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    Region region =
        mapping(p, p.map(p.gathered("/tmp/m", PAGE), PAGE, READ_WRITE, MAP_SHARED)).region();
    assertThat(region.flags().shared()).isTrue();
    assertThat(region.shareable()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void flags10_shareableMapping_isUsedByLaterRequestsAndNoOther(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.read("/host/data");
    Region own = mapping(p, p.map(file, PAGE, READ_WRITE, MAP_PRIVATE)).region();
    Region shareable = mapping(p, p.map(file, PAGE, PROT_READ, MAP_PRIVATE)).region();
    assertThat(own.shareable()).isFalse();
    assertThat(shareable.shareable()).isTrue();
    TaskCalls other = p.other();
    assertThat(mapping(other, other.map(file, PAGE, PROT_READ, MAP_PRIVATE)).region())
        .isSameAs(shareable);
    assertThat(own.users()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap03_executableAndDenywrite_meanNothing(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", PAGE);
    long plain = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    long flagged = p.map(file, PAGE, PROT_READ, MAP_SHARED | MAP_DENYWRITE | MAP_EXECUTABLE);
    assertThat(mapping(p, flagged).region()).isSameAs(mapping(p, plain).region());
    assertThat(mapping(p, flagged).flags()).isEqualTo(mapping(p, plain).flags());
    p.task().close(p.task().open("/tmp/memory", OpenFlags.O_WRONLY));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap25_fileWithoutReadOrWithoutMmap_isEnodev(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int unread = p.write("/dev/fake_unread");
    assertErrno(Errno.ENODEV, () -> p.map(unread, PAGE, READ_WRITE, MAP_PRIVATE));
    p.task().munmap(p.map(unread, PAGE, READ_WRITE, MAP_SHARED), PAGE);
    p.task().tree().create("/tmp/fifo", NewInode.fifo(0600));
    for (String path : new String[] {"/dev/fake_unmappable", "/tmp/fifo", "/dev/null"}) {
      int file = p.write(path);
      assertErrno(Errno.ENODEV, () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
      assertErrno(Errno.ENODEV, () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    }
  }
}
