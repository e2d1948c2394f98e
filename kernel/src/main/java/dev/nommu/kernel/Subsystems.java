package dev.nommu.kernel;

import dev.nommu.api.Profile;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.exec.Executor;
import dev.nommu.kernel.futex.Futexes;
import dev.nommu.kernel.ipc.SharedMemory;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.MappedPages;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.Remapper;
import dev.nommu.kernel.mm.RemoteMemory;
import dev.nommu.kernel.mm.Unmapper;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.sysctl.SysctlTable;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.Mounter;
import dev.nommu.kernel.vfs.Opener;
import dev.nommu.kernel.vfs.UnlinkedFiles;
import dev.nommu.kernel.vfs.Vfs;

/** The parts of a booted machine that its tasks call. */
record Subsystems(
    Profile profile,
    KernelLog log,
    MachineClock clock,
    Sanitizer sanitizer,
    PhysicalMemory memory,
    PageAllocator allocator,
    MappedPages pages,
    Mapper mapper,
    Unmapper unmapper,
    Remapper remapper,
    FileSystems fileSystems,
    DeviceRegistry devices,
    Vfs vfs,
    Opener opener,
    Mounter mounter,
    Executor executor,
    RemoteMemory remoteMemory,
    UnlinkedFiles unlinkedFiles,
    SharedMemory sharedMemory,
    Futexes futexes,
    SysctlTable sysctls) {
  /** Returns an address space without mappings and with a heap of no size (rule BRK-02). */
  AddressSpace newAddressSpace() {
    long brk = memory.ram().start();
    return new AddressSpace(brk, brk);
  }
}
