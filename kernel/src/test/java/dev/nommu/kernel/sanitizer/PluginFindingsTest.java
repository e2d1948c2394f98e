package dev.nommu.kernel.sanitizer;

import static dev.nommu.kernel.ipc.ShmFlags.IPC_CREAT;
import static dev.nommu.kernel.ipc.ShmFlags.IPC_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.sanitizer.Finding.Kind;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.PinningDisk;
import dev.nommu.kernel.testing.TaskCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What plugins do with what they were lent, and what is left when all is over. */
final class PluginFindingsTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  private final Findings findings = new Findings(machines);
  private final FakeDevice device = new FakeDevice();
  private final KeepingFileSystem keeping = new KeepingFileSystem();

  private static long mapHere(TaskCalls p) throws ErrnoException {
    return p.map(p.write("/dev/fake"), PAGE, READ_WRITE, MAP_SHARED);
  }

  @Test
  void pagesThatAMappingShows_areNotToBeGivenBack() throws Exception {
    try (Machine machine = findings.boot(Profile.DOCUMENT, device)) {
      TaskCalls p = new TaskCalls(machine.init());
      long address = mapHere(p);
      device.giveUpPages();
      Finding finding = findings.only(Kind.FREED_UNDER_MAPPING);
      assertThat(finding.addresses())
          .contains(new AddressRange(device.base(), FakeDevice.PAGES * PAGE));
      assertThat(finding.where()).startsWith("%x-".formatted(address)).endsWith("/dev/fake");
      assertThat(finding.act().by())
          .isEqualTo("given back by plugin " + FakeDevice.class.getName());
      assertThat(Findings.calls(finding.act())).startsWith("giveAway").contains("giveUpPages");
      assertThat(finding.other().by()).isEqualTo("mapped by init[1]");
      assertThat(Findings.calls(finding.other())).contains("mmap", "mapHere");
    }
  }

  @Test
  void pagesThatWereMapped_mayBeGivenBackWithTheLastMapping() throws Exception {
    TaskCalls p = new TaskCalls(findings.boot(Profile.DOCUMENT, device).init());
    long address = mapHere(p);
    p.task().munmap(address, PAGE);
    device.giveUpPages();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void trunc07_pagesThatATruncateHolds_mayBeGivenBack() throws Exception {
    TaskCalls p = new TaskCalls(findings.boot(Profile.LINUX_6_12).init());
    int file = p.gathered("/tmp/file", 2 * PAGE);
    p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().ftruncate(file, 0);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void pagesGivenBackTwice_areFoundWithBothStacks() {
    findings.boot(Profile.DOCUMENT, device);
    giveUpFirst();
    assertThatThrownBy(device::giveUpPages).hasMessageContaining("PLUGIN-01");
    Finding finding = findings.only(Kind.DOUBLE_CLOSE);
    assertThat(finding.what()).startsWith("16 pages at 0x");
    assertThat(finding.act().by()).startsWith("given back again by plugin");
    assertThat(Findings.calls(finding.act())).contains("giveUpPages").doesNotContain("giveUpFirst");
    assertThat(Findings.calls(finding.other())).contains("giveUpFirst");
  }

  private void giveUpFirst() {
    device.giveUpPages();
  }

  @Test
  void rangeThatAPluginGivesBackUnderAMapping_isFound() throws Exception {
    TaskCalls p = new TaskCalls(findings.boot(Profile.DOCUMENT, device).init());
    PointedRange range = PointedRange.at(device.base(), () -> {});
    device.where = request -> Placement.at(range);
    long address = mapHere(p);
    range.close();
    Finding finding = findings.only(Kind.PIN_IMBALANCE);
    assertThat(finding.addresses()).contains(new AddressRange(address, PAGE));
    assertThat(finding.act().by()).isEqualTo("given back by its plugin");
    assertThat(Findings.calls(finding.act()))
        .contains("close", "rangeThatAPluginGivesBackUnderAMapping_isFound");
    assertThat(Findings.calls(finding.other())).contains("mmap", "mapHere");
  }

  @Test
  void rangeThatWasGivenBackBeforeItWasAnswered_isFound() throws Exception {
    TaskCalls p = new TaskCalls(findings.boot(Profile.DOCUMENT, device).init());
    device.where =
        request -> {
          try (PointedRange range = PointedRange.at(device.base(), () -> {})) {
            return Placement.at(range);
          }
        };
    mapHere(p);
    findings.only(Kind.PIN_IMBALANCE);
  }

  @Test
  void rangeThatTheKernelGivesBack_isNoFinding() throws Exception {
    PinningDisk disk = new PinningDisk();
    TaskCalls p = new TaskCalls(findings.boot(Profile.DOCUMENT, disk).init());
    int file = p.write("/dev/pinning");
    long address = p.map(file, PAGE, READ_WRITE, MAP_SHARED);
    p.task().munmap(address, PAGE);
    p.map(file, PAGE, READ_WRITE, MAP_SHARED);
    p.task().exit();
    assertThat(disk.pinned()).isZero();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void pagesThatAFileSystemKeepsWhenItIsClosed_areALeak() throws Exception {
    TaskCalls p = new TaskCalls(findings.boot(Profile.DOCUMENT, keeping).init());
    keeping.takes = request -> request.pages().allocateRun(3);
    p.task().tree().mount("/dev/ram0", "/mnt", "keeping", 0, "");
    assertThat(findings.all()).isEmpty();
    p.task().tree().umount("/mnt");
    Finding finding = findings.only(Kind.LEAK_AT_EXIT);
    assertThat(finding.what()).startsWith("3 pages at 0x");
    assertThat(finding.other().by())
        .isEqualTo("allocated by plugin " + KeepingFileSystem.class.getName());
    assertThat(Findings.calls(finding.act())).contains("umount");
    assertThat(Findings.calls(finding.other())).contains("allocateRun", "mount");
  }

  @Test
  void rangeThatAFileSystemKeepsPointed_isALeak() throws Exception {
    PinningDisk disk = new PinningDisk();
    TaskCalls p = new TaskCalls(findings.boot(Profile.DOCUMENT, keeping, disk).init());
    keeping.takes = request -> request.store().orElseThrow().point(PAGE, PAGE);
    p.task().tree().mount("/dev/pinning", "/mnt", "keeping", 0, "");
    p.task().tree().umount("/mnt");
    Finding finding = findings.only(Kind.LEAK_AT_EXIT);
    assertThat(finding.what()).startsWith("what is pointed of a store: 0x1000 bytes at 0x");
    assertThat(Findings.calls(finding.act())).contains("umount");
    assertThat(Findings.calls(finding.other())).contains("point", "mount");
  }

  @Test
  void whatAFileSystemGivesBackInClose_isNoLeak() throws Exception {
    PinningDisk disk = new PinningDisk();
    TaskCalls p = new TaskCalls(findings.boot(Profile.DOCUMENT, keeping, disk).init());
    keeping.takes =
        request -> {
          PointedRange range = request.store().orElseThrow().point(0, PAGE).orElseThrow();
          long page = request.pages().allocatePage();
          keeping.closes =
              () -> {
                range.close();
                request.pages().free(page, 1);
              };
        };
    p.task().tree().mount("/dev/pinning", "/mnt", "keeping", 0, "");
    p.task().tree().umount("/mnt");
    assertThat(disk.points()).isEqualTo(1);
    assertThat(disk.pinned()).isZero();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void segmentThatWasAttachedAndNotRemoved_isALeakOfTheMachine() throws Exception {
    try (Machine machine = findings.boot(Profile.DOCUMENT)) {
      TaskCalls p = new TaskCalls(machine.init()).other();
      attach(p);
      p.task().exit();
      assertThat(findings.all()).isEmpty();
    }
    Finding finding = findings.only(Kind.LEAK_AT_EXIT);
    assertThat(finding.what()).isEqualTo("segment 0 of 4096 bytes with the key 0x0 is left");
    assertThat(finding.other().by()).isEqualTo("taken by process 2");
    assertThat(Findings.calls(finding.other())).contains("shmget", "attach");
  }

  private static int attach(TaskCalls p) throws ErrnoException {
    int id = p.task().ipc().shmget(IPC_PRIVATE, PAGE, IPC_CREAT | 0600);
    p.task().ipc().shmat(id, 0, 0);
    return id;
  }

  @Test
  void segmentThatWasRemovedOrNeverAttached_isNoLeak() throws Exception {
    try (Machine machine = findings.boot(Profile.DOCUMENT)) {
      TaskCalls p = new TaskCalls(machine.init());
      p.task().ipc().shmRemove(attach(p));
      p.task().ipc().shmget(IPC_PRIVATE, PAGE, IPC_CREAT | 0600);
    }
    assertThat(findings.all()).isEmpty();
  }
}
