package dev.nommu.riscv;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;

/** The local variables of a region's method, and the code that loads and saves them. */
final class RegionVariables {
  static final ClassDesc FRAME = of(Frame.class);
  static final ClassDesc REGISTERS = of(Registers.class);
  static final ClassDesc MEMORY = of(DataMemory.class);
  static final ClassDesc FLOATS = of(FloatUnit.class);
  static final ClassDesc SEGMENT = of(MemorySegment.class);
  static final MethodTypeDesc TURN = MethodTypeDesc.of(CD_boolean, CD_long, CD_int);

  private static final ClassDesc LONGS = CD_long.arrayType();

  static final int FRAME_SLOT = 1;

  /** The number of instructions still allowed. */
  static final int LEFT = 2;

  /** The address at which to continue after the region. */
  static final int PC = 4;

  static final int X = 6;
  static final int F = 7;
  static final int REGISTERS_SLOT = 8;
  static final int MEMORY_SLOT = 9;
  static final int FLOATS_SLOT = 10;
  static final int ADDRESS = 11;
  static final int OFFSET = 13;

  /** Segment, start and size of the memory of loads, followed by those of stores. */
  static final int LOADS = 15;

  static final int STORES = 20;
  private static final int FIRST_REGISTER = 25;

  private final CodeBuilder code;
  private final RegionRegisters registers;

  RegionVariables(CodeBuilder code, RegionRegisters registers) {
    this.code = code;
    this.registers = registers;
  }

  private static ClassDesc of(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  private static int slot(int register) {
    return FIRST_REGISTER + 2 * register;
  }

  /** Initializes all variables. */
  void enter() {
    code.aload(FRAME_SLOT).getfield(FRAME, "left", CD_long).lstore(LEFT);
    code.aload(FRAME_SLOT).getfield(FRAME, "registers", REGISTERS).astore(REGISTERS_SLOT);
    code.aload(FRAME_SLOT).getfield(FRAME, "memory", MEMORY).astore(MEMORY_SLOT);
    code.aload(FRAME_SLOT).getfield(FRAME, "floats", FLOATS).astore(FLOATS_SLOT);
    code.aload(REGISTERS_SLOT).getfield(REGISTERS, "x", LONGS).astore(X);
    code.aload(REGISTERS_SLOT).getfield(REGISTERS, "f", LONGS).astore(F);
    code.lconst_0().lstore(PC).lconst_0().lstore(ADDRESS).lconst_0().lstore(OFFSET);
    remember(LOADS, "loaded");
    remember(STORES, "stored");
    for (int register = 1; register < Instruction.NOWHERE; register++) {
      if ((registers.used() >>> register & 1) == 1) {
        fetch(register);
      }
    }
  }

  /** Loads the variables of the memory for plain loads or stores. */
  void remember(int slot, String which) {
    code.aload(MEMORY_SLOT).invokevirtual(MEMORY, which, MethodTypeDesc.of(SEGMENT)).astore(slot);
    code.aload(MEMORY_SLOT)
        .invokevirtual(MEMORY, which + "Start", MethodTypeDesc.of(CD_long))
        .lstore(slot + 1);
    code.aload(slot)
        .invokeinterface(SEGMENT, "byteSize", MethodTypeDesc.of(CD_long))
        .lstore(slot + 3);
  }

  /** Pushes a register's value. */
  void get(int register) {
    if (register == 0) {
      code.lconst_0();
    } else {
      code.lload(slot(register));
    }
  }

  /** Pops a register's value. */
  void put(int register) {
    if (register == Instruction.NOWHERE) {
      code.pop2();
    } else {
      code.lstore(slot(register));
    }
  }

  /** Loads a variable from its register. */
  void fetch(int register) {
    code.aload(X).loadConstant(register).laload().lstore(slot(register));
  }

  /** Saves a variable to its register. */
  void flush(int register) {
    code.aload(X).loadConstant(register).lload(slot(register)).lastore();
  }

  /** Saves all written variables to their registers, and returns. */
  void leave() {
    for (int register = 1; register < Instruction.NOWHERE; register++) {
      if ((registers.written() >>> register & 1) == 1) {
        flush(register);
      }
    }
    code.aload(FRAME_SLOT).lload(LEFT).putfield(FRAME, "left", CD_long);
    code.lload(PC).lreturn();
  }
}
