package dev.nommu.kernel.parts;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.exec.BinaryFormats;
import dev.nommu.kernel.exec.Executor;
import dev.nommu.kernel.futex.Futexes;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.ArenaMappings;
import dev.nommu.kernel.mm.MappedPages;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.Remapper;
import dev.nommu.kernel.mm.RemoteMemory;
import dev.nommu.kernel.mm.Unmapper;
import dev.nommu.kernel.proc.SysctlTable;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.shm.SharedMemory;
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.Mounter;
import dev.nommu.kernel.vfs.Opener;
import dev.nommu.kernel.vfs.UnlinkedFiles;
import dev.nommu.kernel.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;

/** The parts of a booted machine that are called by its tasks. */
public record Subsystems(
    MachineParts parts,
    MappingParts mappings,
    FileParts files,
    Executor executor,
    SharedMemory sharedMemory,
    Futexes futexes,
    SysctlTable sysctls) {
  /**
   * Creates the parts of one machine.
   *
   * @throws ErrnoException if the files for shared memory cannot be created
   */
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
            profile,
            parts.sanitizer());
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
    settings.add(new Sysctl("vm.overcommit_memory", 0, 2, 0));
    return new SysctlTable(settings);
  }

  /** Returns an address space without mappings and with an empty heap (rule BRK-02). */
  public AddressSpace newAddressSpace() {
    long brk = memory().ram().start();
    return new AddressSpace(brk, brk);
  }

  /** Returns the machine's only clock. */
  public MachineClock clock() {
    return parts.clock();
  }

  /** Returns the profile, which selects between conflicting rules. */
  public Profile profile() {
    return parts.profile();
  }

  /** Returns the kernel's log. */
  public KernelLog log() {
    return parts.log();
  }

  /** Returns the checker of loads and stores. */
  public Sanitizer sanitizer() {
    return parts.sanitizer();
  }

  /** Returns the physical address space. */
  public PhysicalMemory memory() {
    return parts.memory();
  }

  /** Returns the allocator of pages of RAM. */
  public PageAllocator allocator() {
    return parts.allocator();
  }

  /** Returns the pages of copies and anonymous mappings. */
  public MappedPages pages() {
    return mappings.pages();
  }

  /** Returns the implementation of mmap. */
  public Mapper mapper() {
    return mappings.mapper();
  }

  /** Returns the implementation of munmap. */
  public Unmapper unmapper() {
    return mappings.unmapper();
  }

  /** Returns the implementation of mremap. */
  public Remapper remapper() {
    return mappings.remapper();
  }

  /** Returns the mappings that live as long as an arena. */
  public ArenaMappings arenaMappings() {
    return mappings.arenaMappings();
  }

  /** Returns the access to other processes' memory. */
  public RemoteMemory remoteMemory() {
    return mappings.remoteMemory();
  }

  /** Returns the file system types and their mounts. */
  public FileSystems fileSystems() {
    return files.fileSystems();
  }

  /** Returns the devices that drivers registered. */
  public DeviceRegistry devices() {
    return files.devices();
  }

  /** Returns the implementation of the calls on inodes. */
  public Vfs vfs() {
    return files.vfs();
  }

  /** Returns the implementation of open. */
  public Opener opener() {
    return files.opener();
  }

  /** Returns the implementation of mount and umount. */
  public Mounter mounter() {
    return files.mounter();
  }

  /** Returns the creator of unnamed files. */
  public UnlinkedFiles unlinkedFiles() {
    return files.unlinkedFiles();
  }
}
