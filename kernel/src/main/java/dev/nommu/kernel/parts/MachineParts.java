package dev.nommu.kernel.parts;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.console.Console;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.pages.HostMemory;
import dev.nommu.kernel.pages.PageOwners;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.TimeNeed;
import dev.nommu.kernel.wait.Timers;
import java.lang.foreign.Arena;

/**
 * The parts of one machine.
 *
 * @param board what it is built from
 * @param profile which of two disagreeing rules holds
 * @param clock the one time that is in it
 * @param log what its kernel says
 * @param sanitizer what looks at loads and stores
 * @param hostMemory what its memory is from
 * @param memory its physical address space
 * @param allocator the pages of its RAM
 * @param owners the plugins that have pages of it
 * @param timers what its drivers do later
 * @param alarms the timers of its processes
 * @param console what is typed at it
 */
public record MachineParts(
    Board board,
    Profile profile,
    MachineClock clock,
    KernelLog log,
    Sanitizer sanitizer,
    HostMemory hostMemory,
    PhysicalMemory memory,
    PageAllocator allocator,
    PageOwners owners,
    Timers timers,
    Timers alarms,
    Console console) {
  /**
   * Makes the parts of one machine.
   *
   * @param log made first, since failures are logged
   * @param hostMemory what its memory is to be from
   * @throws BoardException if the host has not so much memory
   */
  public static MachineParts make(
      Parts parts, Board board, Profile profile, KernelLog log, HostMemory hostMemory)
      throws BoardException {
    MachineClock clock = parts.clock().get();
    parts.cpus().ifPresent(clock::limitCpus);
    log.clock(clock::nanos);
    PhysicalMemory memory = memory(parts, board, hostMemory.arena());
    PageAllocator allocator = parts.allocator().make(board.ram(), board.reserved());
    Sanitizer sanitizer = parts.sanitizer().get().ofMachine(board.ram());
    return new MachineParts(
        board,
        profile,
        clock,
        log,
        sanitizer,
        hostMemory,
        memory,
        allocator,
        new PageOwners(memory, allocator, sanitizer),
        new Timers(clock, TimeNeed.NOTHING),
        new Timers(clock, TimeNeed.DEADLINE),
        new Console());
  }

  private static PhysicalMemory memory(Parts parts, Board board, Arena arena)
      throws BoardException {
    try {
      return parts.memory().make(board.ram(), arena);
    } catch (ErrnoException refused) {
      throw new BoardException(
          "%s: %s at %s".formatted(board.name(), refused.getMessage(), board.ram().banks()),
          refused);
    }
  }
}
