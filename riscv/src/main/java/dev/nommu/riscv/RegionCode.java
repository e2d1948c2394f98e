package dev.nommu.riscv;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Generates the method of a region: its blocks, then its exits. */
final class RegionCode {
  private static final ClassDesc LONG = ClassDesc.of("java.lang.Long");
  private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(CD_int, CD_long, CD_long);

  private final CodeBuilder code;
  private final Map<Long, Block> blocks;
  private final RegionVariables variables;
  private final Map<Long, Label> labels = new HashMap<>();
  private final Map<Long, Label> backward = new HashMap<>();
  private final Label leave;

  /** Rarely executed code, placed after the rest. */
  private final List<Runnable> aside = new ArrayList<>();

  RegionCode(CodeBuilder code, Map<Long, Block> blocks) {
    this.code = code;
    this.blocks = blocks;
    this.variables = new RegionVariables(code, new RegionRegisters(blocks.values()));
    this.leave = code.newLabel();
    blocks.keySet().forEach(address -> labels.put(address, code.newLabel()));
  }

  void write() {
    variables.enter();
    blocks.values().forEach(this::write);
    while (!aside.isEmpty()) {
      aside.removeLast().run();
    }
    code.labelBinding(leave);
    variables.leave();
  }

  private void write(Block block) {
    code.labelBinding(labels.get(block.start));
    code.aload(RegionVariables.FRAME_SLOT)
        .getfield(RegionVariables.FRAME, "isStale", CD_boolean)
        .ifne(exit(block.start, 0));
    add(-block.weight);
    RegionInstructions instructions = new RegionInstructions(code, variables, this::aside);
    for (int i = 0; i < block.count(); i++) {
      int from = i;
      if (!instructions.write(block, i, () -> exit(block.address(from), block.weight - from))) {
        code.goto_(exit(block.address(i), block.weight - i));
        return;
      }
    }
    writeEnd(block);
  }

  private void add(int instructions) {
    code.lload(RegionVariables.LEFT).loadConstant((long) instructions).ladd();
    code.lstore(RegionVariables.LEFT);
  }

  private void aside(Runnable seldom) {
    aside.add(seldom);
  }

  /**
   * Returns an exit from the region.
   *
   * @param address of the next instruction
   * @param notDone the number of instructions counted but not executed
   */
  private Label exit(long address, int notDone) {
    Label label = code.newLabel();
    aside(() -> {
      code.labelBinding(label);
      if (notDone > 0) {
        add(notDone);
      }
      code.loadConstant(address).lstore(RegionVariables.PC).goto_(leave);
    });
    return label;
  }

  /**
   * Returns the label that a block leads to: another block of the region, or an exit. A jump back
   * requires enough instructions left for all blocks, so that jumps forward need no check.
   */
  private Label label(long address, Block from) {
    Label inside = labels.get(address);
    if (inside == null) {
      return exit(address, 0);
    }
    return address > from.start ? inside : backward.computeIfAbsent(address, this::backward);
  }

  private Label backward(long address) {
    Label label = code.newLabel();
    aside(() -> {
      code.labelBinding(label);
      code.lload(RegionVariables.LEFT).loadConstant((long) weight(blocks.values())).lcmp();
      code.iflt(exit(address, 0)).goto_(labels.get(address));
    });
    return label;
  }

  /** Returns the number of instructions in blocks. */
  static int weight(Collection<Block> blocks) {
    return blocks.stream().mapToInt(block -> block.weight).sum();
  }

  private void writeEnd(Block block) {
    switch (block.endOp) {
      case Op.BEQ -> compared(block).ifeq(label(block.target, block));
      case Op.BNE -> compared(block).ifne(label(block.target, block));
      case Op.BLT -> compared(block).iflt(label(block.target, block));
      case Op.BGE -> compared(block).ifge(label(block.target, block));
      case Op.BLTU -> comparedUnsigned(block).iflt(label(block.target, block));
      case Op.BGEU -> comparedUnsigned(block).ifge(label(block.target, block));
      case Op.JAL -> link(block);
      case Op.JALR -> jump(block);
      default -> {}
    }
    switch (block.endOp) {
      case Op.JAL -> code.goto_(label(block.target, block));
      case Op.JALR -> code.goto_(leave);
      case Op.FENCE_I, Op.ECALL, Op.EBREAK, Op.ILLEGAL ->
          code.goto_(exit(block.address(block.count()), 1));
      default -> code.goto_(label(block.next, block));
    }
  }

  private CodeBuilder compared(Block block) {
    variables.get(block.endA);
    variables.get(block.endB);
    return code.lcmp();
  }

  private CodeBuilder comparedUnsigned(Block block) {
    variables.get(block.endA);
    variables.get(block.endB);
    return code.invokestatic(LONG, "compareUnsigned", COMPARE);
  }

  private void link(Block block) {
    if (block.endD != Instruction.NOWHERE) {
      code.loadConstant(block.next);
      variables.put(block.endD);
    }
  }

  /** Jumps to a likely block of the region, or out of the region. */
  private void jump(Block block) {
    variables.get(block.endA);
    code.loadConstant((long) block.endImmediate).ladd().loadConstant(-2L).land();
    code.lstore(RegionVariables.PC);
    link(block);
    targets(block)
        .forEach(target -> {
          code.lload(RegionVariables.PC).loadConstant(target).lcmp();
          code.ifeq(label(target, block));
        });
  }

  /** Returns the last target and, for a return, the addresses after the calls in the region. */
  private Stream<Long> targets(Block block) {
    Stream<Long> behindCalls =
        blocks.values().stream()
            .filter(call -> call.endOp == Op.JAL && call.endD != Instruction.NOWHERE)
            .filter(call -> block.endD == Instruction.NOWHERE)
            .map(call -> call.next);
    return Stream.concat(Stream.of(block.jumped.start), behindCalls)
        .distinct()
        .filter(labels::containsKey);
  }
}
