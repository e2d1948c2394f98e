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

/** Generates loads and stores for plain memory; for other memory the region exits before them. */
final class RegionAccesses {
  private static final ClassDesc WORDS = PlainWords.class.describeConstable().orElseThrow();
  private static final ClassDesc SINGLE = Single.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc GET =
      MethodTypeDesc.of(CD_long, RegionVariables.SEGMENT, CD_long);
  private static final MethodTypeDesc SET =
      MethodTypeDesc.of(CD_void, RegionVariables.SEGMENT, CD_long, CD_long);

  private final CodeBuilder code;
  private final RegionVariables variables;
  private final Consumer<Runnable> aside;

  RegionAccesses(CodeBuilder code, RegionVariables variables, Consumer<Runnable> aside) {
    this.code = code;
    this.variables = variables;
    this.aside = aside;
  }

  void write(int op, int d, int a, int immediate, Supplier<Label> exit) {
    variables.get(a);
    code.loadConstant((long) immediate).ladd().lstore(RegionVariables.ADDRESS);
    boolean isStore = (op >= Op.SB && op <= Op.SD) || op >= Op.FSW;
    if (isStore) {
      check(RegionVariables.STORES, "stored", width(op), exit);
      code.aload(RegionVariables.STORES).lload(RegionVariables.OFFSET);
      source(op, d);
      code.invokestatic(WORDS, "set" + word(op), SET);
    } else {
      check(RegionVariables.LOADS, "loaded", width(op), exit);
      load(op, d);
    }
  }

  private static int width(int op) {
    return switch (op) {
      case Op.LB, Op.LBU, Op.SB -> 1;
      case Op.LH, Op.LHU, Op.SH -> 2;
      case Op.LW, Op.LWU, Op.SW, Op.FLW, Op.FSW -> 4;
      default -> 8;
    };
  }

  private static String word(int op) {
    return switch (width(op)) {
      case 1 -> "Byte";
      case 2 -> "Short";
      case 4 -> "Int";
      default -> "Long";
    };
  }

  /** Sets the offset to that of the address, in memory that contains the whole word. */
  private void check(int memory, String which, int width, Supplier<Label> exit) {
    Label again = code.newLabel();
    Label elsewhere = code.newLabel();
    code.labelBinding(again);
    code.lload(RegionVariables.ADDRESS).lload(memory + 1).lsub().lstore(RegionVariables.OFFSET);
    code.lload(RegionVariables.OFFSET).lconst_0().lcmp().iflt(elsewhere);
    code.lload(RegionVariables.OFFSET).lload(memory + 3).loadConstant((long) width).lsub();
    code.lcmp().ifgt(elsewhere);
    Label outside = exit.get();
    aside.accept(() -> turn(memory, which, width, again, elsewhere, outside));
  }

  private void turn(
      int memory, String which, int width, Label again, Label elsewhere, Label outside) {
    String method = which.equals("loaded") ? "turnLoadsTo" : "turnStoresTo";
    code.labelBinding(elsewhere);
    code.aload(RegionVariables.MEMORY_SLOT)
        .lload(RegionVariables.ADDRESS)
        .loadConstant(width)
        .invokevirtual(RegionVariables.MEMORY, method, RegionVariables.TURN)
        .ifeq(outside);
    variables.remember(memory, which);
    code.goto_(again);
  }

  private void load(int op, int d) {
    boolean isFloat = op == Op.FLW || op == Op.FLD;
    if (isFloat) {
      code.aload(RegionVariables.F).loadConstant(d);
    }
    code.aload(RegionVariables.LOADS).lload(RegionVariables.OFFSET);
    code.invokestatic(WORDS, "get" + word(op), GET);
    switch (op) {
      case Op.LBU -> code.loadConstant(0xffL).land();
      case Op.LHU -> code.loadConstant(0xffffL).land();
      case Op.LWU -> code.loadConstant(0xffff_ffffL).land();
      case Op.FLW -> code.l2i().invokestatic(SINGLE, "boxed", MethodTypeDesc.of(CD_long, CD_int));
      default -> {}
    }
    if (isFloat) {
      code.lastore();
    } else {
      variables.put(d);
    }
  }

  private void source(int op, int d) {
    if (op == Op.FSW || op == Op.FSD) {
      code.aload(RegionVariables.F).loadConstant(d).laload();
    } else {
      variables.get(d);
    }
  }
}
