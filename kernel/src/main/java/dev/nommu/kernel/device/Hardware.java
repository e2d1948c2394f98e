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
 * @param board what the machine is built from
 * @param parameters the kernel's command line
 * @param memory the physical address space
 * @param owners who has pages of RAM
 * @param registry what drivers register
 * @param clock what time it is on the machine
 * @param profile which of two disagreeing rules holds
 * @param images what is behind the parts
 * @param timers what acts later
 * @param free addresses for devices that the board does not place
 * @param contents what the board says is in the parts
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
  /** Makes the hardware of a board, with no address taken. */
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

  /** Returns the same hardware with another tree of its board, as an overlay makes it. */
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
