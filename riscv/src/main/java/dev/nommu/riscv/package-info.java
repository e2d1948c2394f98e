/**
 * RV64GC in user mode: the base integer instructions with M, A, F, D, C, Zicsr and Zifencei, as in
 * the RISC-V unprivileged specification.
 *
 * <p>A {@link dev.nommu.riscv.Decoder} turns instructions into {@link dev.nommu.riscv.Block}s once;
 * a hart runs block after block, each in the {@link dev.nommu.riscv.Interpreter}. Hot blocks become
 * a {@link dev.nommu.riscv.Region}: bytecode in a hidden class.
 */
@NullMarked
package dev.nommu.riscv;

import org.jspecify.annotations.NullMarked;
