package dev.nommu.riscv;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Generates code for the instructions of a block, except the last. */
final class RegionInstructions {
  private static final ClassDesc LONG = ClassDesc.of("java.lang.Long");
  private static final ClassDesc ARITHMETIC = of(Arithmetic.class);
  private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(CD_int, CD_long, CD_long);
  private static final MethodTypeDesc COMPUTE =
      MethodTypeDesc.of(CD_long, CD_int, CD_long, CD_long);
  private static final MethodTypeDesc EXECUTE =
      MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int, CD_int, CD_int);
  private static final int DYNAMIC = 7;

  private final CodeBuilder code;
  private final RegionVariables variables;
  private final RegionAccesses accesses;

  RegionInstructions(CodeBuilder code, RegionVariables variables, Consumer<Runnable> aside) {
    this.code = code;
    this.variables = variables;
    this.accesses = new RegionAccesses(code, variables, aside);
  }

  private static ClassDesc of(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /**
   * Generates code for an instruction.
   *
   * @param exit creates an exit from the region before the instruction
   * @return whether a region can contain the instruction
   */
  boolean write(Block block, int index, Supplier<Label> exit) {
    int word = block.code[2 * index];
    int immediate = block.code[2 * index + 1];
    int op = word & 0xff;
    int d = word >>> 8 & 0xff;
    int a = word >>> 16 & 0xff;
    int b = word >>> 24;
    if (op <= Op.SRAIW) {
      writeImmediate(op, d, a, immediate);
    } else if (op <= Op.MUL) {
      writeRegisters(op, d, a, b);
    } else if (op <= Op.AUIPC) {
      code.loadConstant(op == Op.LUI ? (long) immediate : block.start + immediate);
      variables.put(d);
    } else if (op <= Op.FSD) {
      accesses.write(op, d, a, immediate, exit);
    } else if (op < Op.FIRST_ATOMIC) {
      code.loadConstant(op);
      variables.get(a);
      variables.get(b);
      code.invokestatic(ARITHMETIC, "of", COMPUTE);
      variables.put(d);
    } else if (op >= Op.FIRST_FLOAT) {
      writeFloat(op, d, a, b, immediate, exit);
    } else {
      return false;
    }
    return true;
  }

  private void writeImmediate(int op, int d, int a, int immediate) {
    variables.get(a);
    switch (op) {
      case Op.SLLI, Op.SRLI, Op.SRAI, Op.SLLIW -> code.loadConstant(immediate);
      case Op.SRLIW, Op.SRAIW -> code.l2i().loadConstant(immediate);
      default -> code.loadConstant((long) immediate);
    }
    switch (op) {
      case Op.ADDI -> code.ladd();
      case Op.SLTI -> less(code.lcmp());
      case Op.SLTIU -> less(code.invokestatic(LONG, "compareUnsigned", COMPARE));
      case Op.XORI -> code.lxor();
      case Op.ORI -> code.lor();
      case Op.ANDI -> code.land();
      case Op.SLLI -> code.lshl();
      case Op.SRLI -> code.lushr();
      case Op.SRAI -> code.lshr();
      case Op.ADDIW -> code.ladd().l2i().i2l();
      case Op.SLLIW -> code.lshl().l2i().i2l();
      case Op.SRLIW -> code.iushr().i2l();
      default -> code.ishr().i2l();
    }
    variables.put(d);
  }

  private void writeRegisters(int op, int d, int a, int b) {
    variables.get(a);
    variables.get(b);
    switch (op) {
      case Op.ADD -> code.ladd();
      case Op.SUB -> code.lsub();
      case Op.SLT -> less(code.lcmp());
      case Op.SLTU -> less(code.invokestatic(LONG, "compareUnsigned", COMPARE));
      case Op.XOR -> code.lxor();
      case Op.OR -> code.lor();
      case Op.AND -> code.land();
      case Op.ADDW -> code.ladd().l2i().i2l();
      case Op.SUBW -> code.lsub().l2i().i2l();
      default -> code.lmul();
    }
    variables.put(d);
  }

  /** Turns a comparison into its sign: 1 if it is negative, 0 otherwise. */
  private static void less(CodeBuilder compared) {
    compared.loadConstant(31).iushr().i2l();
  }

  /**
   * Floating-point registers stay in their array; an integer is stored in its array or loaded from
   * it.
   */
  private void writeFloat(int op, int d, int a, int b, int immediate, Supplier<Label> exit) {
    if ((immediate & 7) == DYNAMIC) {
      code.aload(RegionVariables.REGISTERS_SLOT)
          .getfield(RegionVariables.REGISTERS, "rounding", CD_int)
          .loadConstant(Rounding.TO_NEAREST_AWAY)
          .if_icmpgt(exit.get());
    }
    boolean fromX = op >= Op.FCVT_FROM_W && op < Op.FIRST_FLOAT_TO_X;
    if (fromX && a != 0) {
      variables.flush(a);
    }
    code.aload(RegionVariables.FLOATS_SLOT).loadConstant(op).loadConstant(d).loadConstant(a);
    code.loadConstant(b).loadConstant(immediate);
    code.invokevirtual(RegionVariables.FLOATS, "execute", EXECUTE);
    if (op >= Op.FIRST_FLOAT_TO_X && d != Instruction.NOWHERE) {
      variables.fetch(d);
    }
  }
}
