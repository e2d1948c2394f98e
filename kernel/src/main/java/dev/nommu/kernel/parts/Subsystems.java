package dev.nommu.kernel.parts;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.exec.BinaryFormats;
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
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.sysctl.SysctlTable;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.Mounter;
import dev.nommu.kernel.vfs.Opener;
import dev.nommu.kernel.vfs.UnlinkedFiles;
import dev.nommu.kernel.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;

/** The parts of a booted machine that its tasks call. */
public record Subsystems(
    MachineParts parts,
    MappingParts mappings,
    FileParts files,
    Executor executor,
    SharedMemory sharedMemory,
    Futexes futexes,
    SysctlTable sysctls) {
  public static Subsystems of(MachineParts parts, FileParts files, BinaryFormats formats)
      throws ErrnoException {
    Profile profile = parts.profile();
    MappingParts mappings = MappingParts.of(parts);
    SharedMemory sharedMemory =
        new SharedMemory(
            files.unlinkedFiles(),
            files.vfs(),
            mappings.mapper(),
            mappings.unmapper(),
            parts.clock(),
            profile);
    return new Subsystems(
        parts,
        mappings,
        files,
        new Executor(
            formats, files.opener(), mappings.mapper(), parts.memory(), parts.sanitizer(), profile),
        sharedMemory,
        new Futexes(parts.memory(), profile),
        sysctls(mappings.pages(), sharedMemory));
  }

  private static SysctlTable sysctls(MappedPages pages, SharedMemory sharedMemory) {
    List<Sysctl> settings = new ArrayList<>(sharedMemory.control().limits().settings());
    settings.add(pages.nrTrimPages());
    return new SysctlTable(settings);
  }

  /** Returns an address space without mappings and with a heap of no size (rule BRK-02). */
  public AddressSpace newAddressSpace() {
    long brk = memory().ram().start();
    return new AddressSpace(brk, brk);
  }

  public MachineClock clock() {
    return parts.clock();
  }

  public Profile profile() {
    return parts.profile();
  }

  public KernelLog log() {
    return parts.log();
  }

  public Sanitizer sanitizer() {
    return parts.sanitizer();
  }

  public PhysicalMemory memory() {
    return parts.memory();
  }

  public PageAllocator allocator() {
    return parts.allocator();
  }

  public MappedPages pages() {
    return mappings.pages();
  }

  public Mapper mapper() {
    return mappings.mapper();
  }

  public Unmapper unmapper() {
    return mappings.unmapper();
  }

  public Remapper remapper() {
    return mappings.remapper();
  }

  public RemoteMemory remoteMemory() {
    return mappings.remoteMemory();
  }

  public FileSystems fileSystems() {
    return files.fileSystems();
  }

  public DeviceRegistry devices() {
    return files.devices();
  }

  public Vfs vfs() {
    return files.vfs();
  }

  public Opener opener() {
    return files.opener();
  }

  public Mounter mounter() {
    return files.mounter();
  }

  public UnlinkedFiles unlinkedFiles() {
    return files.unlinkedFiles();
  }
}
