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

/** The parts of a booted machine that its tasks call. */
public record Subsystems(
    MachineParts parts,
    MappingParts mappings,
    FileParts files,
    Executor executor,
    SharedMemory sharedMemory,
    Futexes futexes,
    SysctlTable sysctls) {
  /**
   * Makes the parts of one machine.
   *
   * @throws ErrnoException if the files that shared memory lies in cannot be made
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

  /** Returns an address space without mappings and with a heap of no size (rule BRK-02). */
  public AddressSpace newAddressSpace() {
    long brk = memory().ram().start();
    return new AddressSpace(brk, brk);
  }

  /** Returns the one time that is in the machine. */
  public MachineClock clock() {
    return parts.clock();
  }

  /** Returns the profile, which decides between conflicting rules. */
  public Profile profile() {
    return parts.profile();
  }

  /** Returns what the kernel says. */
  public KernelLog log() {
    return parts.log();
  }

  /** Returns what looks at loads and stores. */
  public Sanitizer sanitizer() {
    return parts.sanitizer();
  }

  /** Returns the physical address space. */
  public PhysicalMemory memory() {
    return parts.memory();
  }

  /** Returns the pages of RAM. */
  public PageAllocator allocator() {
    return parts.allocator();
  }

  /** Returns the pages of copies and anonymous mappings. */
  public MappedPages pages() {
    return mappings.pages();
  }

  /** Returns what carries out mmap. */
  public Mapper mapper() {
    return mappings.mapper();
  }

  /** Returns what carries out munmap. */
  public Unmapper unmapper() {
    return mappings.unmapper();
  }

  /** Returns what carries out mremap. */
  public Remapper remapper() {
    return mappings.remapper();
  }

  /** Returns the mappings that live as long as an arena. */
  public ArenaMappings arenaMappings() {
    return mappings.arenaMappings();
  }

  /** Returns what reads and writes another process's memory. */
  public RemoteMemory remoteMemory() {
    return mappings.remoteMemory();
  }

  /** Returns the types and what is mounted of them. */
  public FileSystems fileSystems() {
    return files.fileSystems();
  }

  /** Returns the devices that drivers registered. */
  public DeviceRegistry devices() {
    return files.devices();
  }

  /** Returns what carries out the calls on inodes. */
  public Vfs vfs() {
    return files.vfs();
  }

  /** Returns what carries out open. */
  public Opener opener() {
    return files.opener();
  }

  /** Returns what carries out mount and umount. */
  public Mounter mounter() {
    return files.mounter();
  }

  /** Returns what makes files without a name. */
  public UnlinkedFiles unlinkedFiles() {
    return files.unlinkedFiles();
  }
}
