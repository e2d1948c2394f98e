package dev.nommu.kernel.device;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.cmdline.KernelParameters;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.pages.PageOwners;
import dev.nommu.kernel.wait.Timers;
import java.time.InstantSource;

/**
 * The resources that drivers are given a share of.
 *
 * @param board the board of the machine
 * @param parameters the kernel's command line
 * @param memory the physical address space
 * @param owners the owners of pages of RAM
 * @param registry the registrations of drivers
 * @param clock the clock of the machine
 * @param profile selects between disagreeing rules
 * @param images the images of the parts
 * @param timers the timers of the machine
 * @param free addresses for devices that the board does not place
 * @param contents the initial contents of the parts
 * @param aliases the names that the board gives nodes
 */
public record Hardware(
    Board board,
    KernelParameters parameters,
    PhysicalMemory memory,
    PageOwners owners,
    DeviceRegistry registry,
    InstantSource clock,
    Profile profile,
    HostImages images,
    Timers timers,
    FreeAddresses free,
    Contents contents,
    Aliases aliases) {
  /** Creates the hardware of a board, with no address taken. */
  public Hardware(
      Board board,
      KernelParameters parameters,
      PhysicalMemory memory,
      PageOwners owners,
      DeviceRegistry registry,
      InstantSource clock,
      Profile profile,
      HostImages images,
      Timers timers) {
    this(
        board,
        parameters,
        memory,
        owners,
        registry,
        clock,
        profile,
        images,
        timers,
        new FreeAddresses(new TreeNode(board.tree().root()), memory),
        new Contents(board.simulation().contents()),
        new Aliases(board.tree()));
  }

  /** Returns the same hardware with a changed board, such as after an overlay. */
  Hardware with(Board changed) {
    return new Hardware(
        changed,
        parameters,
        memory,
        owners,
        registry,
        clock,
        profile,
        images,
        timers,
        free,
        new Contents(changed.simulation().contents()),
        new Aliases(changed.tree()));
  }
}
