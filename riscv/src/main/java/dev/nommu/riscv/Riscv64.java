package dev.nommu.riscv;

import dev.nommu.api.ElfTarget;
import dev.nommu.api.Hart;
import dev.nommu.api.Processor;
import dev.nommu.api.ProcessorMemory;
import java.nio.ByteOrder;

/** A processor with any number of RV64GC harts. Immutable. */
public final class Riscv64 implements Processor {
  private static final int EM_RISCV = 243;
  private static final String EXTENSIONS = "IMAFDC";
  private static final int HOT = 2000;

  private final int hot;

  /** Creates a processor whose harts compile hot code. */
  public Riscv64() {
    this(HOT);
  }

  private Riscv64(int hot) {
    this.hot = hot;
  }

  /**
   * Returns a processor whose harts interpret everything: the baseline for measuring compilation.
   */
  public static Riscv64 interpreting() {
    return new Riscv64(Integer.MAX_VALUE);
  }

  @Override
  public String name() {
    return "riscv64";
  }

  @Override
  public ElfTarget target() {
    return new ElfTarget(EM_RISCV, Long.BYTES, ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean runsFlatImages() {
    return true;
  }

  /** One bit for each single-letter extension, bit 0 for A. */
  @Override
  public long hwcap() {
    return EXTENSIONS.chars().mapToLong(letter -> 1L << (letter - 'A')).sum();
  }

  @Override
  public Hart hart(ProcessorMemory memory) {
    return new RiscvHart(memory, hot);
  }
}
