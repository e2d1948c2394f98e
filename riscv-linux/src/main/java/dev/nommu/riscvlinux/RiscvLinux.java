package dev.nommu.riscvlinux;

import dev.nommu.api.Access;
import dev.nommu.api.ElfTarget;
import dev.nommu.api.Hart;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.PluginFinder;
import dev.nommu.api.Processor;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.kernel.task.MachineCode;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs programs for 64-bit RISC-V Linux on the processor found for them. */
public final class RiscvLinux implements MachineCode {
  /** EM_RISCV, ELFCLASS64, ELFDATA2LSB. */
  private static final ElfTarget RISCV64 = new ElfTarget(243, Long.BYTES, ByteOrder.LITTLE_ENDIAN);

  private final List<Processor> processors;

  /** Uses the processors that the machine's plugins provide. */
  public RiscvLinux() {
    this.processors =
        PluginFinder.current().find(Processor.class).stream()
            .map(Supplier::get)
            .sorted(Comparator.comparing(Processor::name))
            .toList();
  }

  @Override
  public String name() {
    return "riscv64";
  }

  /** Returns a program for an image that is for riscv64 or does not name a target. */
  @Override
  public Optional<Program> program(LoadedImage image) {
    return processor(image)
        .map(processor ->
            task -> {
              Guest guest = new Guest(task, hart(processor, task, image), SyscallTable.standard());
              guest.begin(image);
              return guest.run();
            });
  }

  /** If not even the stack, which is RAM, is plain for loads, accesses are being observed. */
  private static Hart hart(Processor processor, Task task, LoadedImage image) {
    ProcessorMemory memory = Guest.memoryOf(task);
    Hart hart = processor.hart(memory);
    boolean isHeard = memory.plain(image.stackPointer(), Access.LOAD).isEmpty();
    return isHeard ? new SteppedHart(hart) : hart;
  }

  private Optional<Processor> processor(LoadedImage image) {
    ElfTarget target = image.target().orElse(RISCV64);
    return processors.stream()
        .filter(each -> target.equals(RISCV64) && each.target().equals(RISCV64))
        .filter(each -> image.target().isPresent() || each.runsFlatImages())
        .findFirst();
  }
}
