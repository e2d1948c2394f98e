package dev.nommu.riscv;

import dev.nommu.api.Hart;
import dev.nommu.api.ProcessorMemory;

/** How a hart runs instructions. */
enum Harts {
  /** Never compiles anything. */
  INTERPRETED(Integer.MAX_VALUE),

  /** Compiles each block before it is run for the first time. */
  COMPILED(0),

  /** Compiles blocks that are run for the third time. */
  MIXED(2);

  private final int hot;

  Harts(int hot) {
    this.hot = hot;
  }

  Hart make(ProcessorMemory memory) {
    return new RiscvHart(memory, hot);
  }
}
