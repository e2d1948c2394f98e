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
 * @param board the board it is built from
 * @param profile selects between disagreeing rules
 * @param clock its only clock
 * @param log the log of its kernel
 * @param sanitizer checks loads and stores
 * @param hostMemory the host memory for its memory
 * @param memory its physical address space
 * @param allocator the pages of its RAM
 * @param owners the plugins that own pages of its RAM
 * @param timers the timers of its drivers
 * @param alarms the timers of its processes
 * @param console the input of its console
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
   * Creates the parts of one machine.
   *
   * @param log created first, because failures are logged
   * @param hostMemory the host memory for its memory
   * @throws BoardException if the host has too little memory
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
