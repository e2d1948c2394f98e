package dev.nommu.riscv;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Map;

/** Compiles a region to a hidden class. */
final class RegionCompiler {
  private static final ClassDesc REGION = Region.class.describeConstable().orElseThrow();
  private static final ClassDesc COMPILED = ClassDesc.of(REGION.packageName(), "CompiledRegion");
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_long, Frame.class.describeConstable().orElseThrow());

  private RegionCompiler() {}

  /**
   * Compiles blocks.
   *
   * @param blocks by address, the block that begins the region first
   */
  static Region compile(Map<Long, Block> blocks) {
    byte[] bytes = bytes(blocks);
    try {
      return (Region)
          MethodHandles.lookup()
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("region at " + blocks.keySet(), impossible);
    }
  }

  /** Returns the class file. */
  static byte[] bytes(Map<Long, Block> blocks) {
    return ClassFile.of().build(COMPILED, type -> write(type, blocks));
  }

  private static void write(ClassBuilder type, Map<Long, Block> blocks) {
    type.withSuperclass(REGION)
        .withFlags(ClassFile.ACC_FINAL)
        .withMethodBody(INIT_NAME, MTD_void, 0, code -> writeConstructor(code, blocks))
        .withMethodBody("run", RUN, 0, code -> new RegionCode(code, blocks).write());
  }

  private static void writeConstructor(CodeBuilder code, Map<Long, Block> blocks) {
    code.aload(0).loadConstant(RegionCode.weight(blocks.values()));
    code.invokespecial(REGION, INIT_NAME, MethodTypeDesc.of(CD_void, CD_int)).return_();
  }
}
