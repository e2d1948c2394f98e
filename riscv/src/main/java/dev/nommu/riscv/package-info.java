/**
 * RV64GC in user mode: the base integer instructions with M, A, F, D, C, Zicsr and Zifencei, as the
 * unprivileged specification of RISC-V has them.
 *
 * <p>A {@link dev.nommu.riscv.Decoder} turns instructions into {@link dev.nommu.riscv.Block}s once;
 * a hart goes from block to block, {@link dev.nommu.riscv.Interpreter} through each. Blocks that
 * are hot become a {@link dev.nommu.riscv.Region}: bytecode in a hidden class.
 */
@NullMarked
package dev.nommu.riscv;

import org.jspecify.annotations.NullMarked;
