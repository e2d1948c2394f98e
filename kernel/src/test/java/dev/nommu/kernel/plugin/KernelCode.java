package dev.nommu.kernel.plugin;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The calls in the compiled classes of a room. */
final class KernelCode {
  /**
   * A call.
   *
   * @param in the class that contains it
   * @param method the method, or the body of the lambda, that contains it
   * @param line the line of the source
   * @param owner the type on which it is called
   * @param name the method that is called
   * @param type its parameters and result
   * @param lambda the functional interface of a method reference
   * @param handler the first call in the innermost handler around it that catches everything
   */
  record Call(
      String in,
      String method,
      int line,
      ClassDesc owner,
      String name,
      MethodTypeDesc type,
      Optional<ClassDesc> lambda,
      Optional<String> handler) {
    @Override
    public String toString() {
      return "%s.%s:%d calls %s.%s".formatted(in, method, line, owner.displayName(), name);
    }
  }

  /**
   * The body of a lambda.
   *
   * @param in the class that contains it
   * @param method its name given by the compiler
   */
  record Body(String in, String method) {}

  /**
   * The type of a lambda.
   *
   * @param body the lambda
   * @param as the functional interface
   */
  record Lambda(Body body, ClassDesc as) {}

  private final List<Call> calls = new ArrayList<>();
  private final List<Lambda> lambdas = new ArrayList<>();

  private KernelCode() {}

  /** Reads the room of a class. */
  static KernelCode of(Class<?> one) throws IOException, URISyntaxException {
    KernelCode code = new KernelCode();
    Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        code.read(ClassFile.of().parse(file));
      }
    }
    return code;
  }

  List<Call> calls() {
    return calls;
  }

  List<Lambda> lambdas() {
    return lambdas;
  }

  private void read(ClassModel model) {
    String name = model.thisClass().asSymbol().descriptorString();
    String in = name.substring(1, name.length() - 1).replace('/', '.');
    for (MethodModel method : model.methods()) {
      method.code().ifPresent(body -> read(in, method.methodName().stringValue(), body));
    }
  }

  private void read(String in, String method, CodeModel body) {
    List<Handler> handlers = handlers(body);
    int line = 0;
    int at = 0;
    for (CodeElement element : body) {
      Optional<String> handler = handlerAt(handlers, at);
      switch (element) {
        case LineNumber number -> line = number.line();
        case InvokeInstruction call ->
            calls.add(
                new Call(
                    in,
                    method,
                    line,
                    call.owner().asSymbol(),
                    call.name().stringValue(),
                    call.typeSymbol(),
                    Optional.empty(),
                    handler));
        case InvokeDynamicInstruction made -> made(in, method, line, made);
        default -> {}
      }
      at += element instanceof Instruction instruction ? instruction.sizeInBytes() : 0;
    }
  }

  /** Adds a lambda, or a method reference, which is a call at the place where it is created. */
  private void made(String in, String method, int line, InvokeDynamicInstruction made) {
    ClassDesc as = made.typeSymbol().returnType();
    for (ConstantDesc argument : made.bootstrapArgs()) {
      if (argument instanceof DirectMethodHandleDesc target) {
        lambdas.add(new Lambda(new Body(in, target.methodName()), as));
        calls.add(
            new Call(
                in,
                method,
                line,
                target.owner(),
                target.methodName(),
                target.invocationType(),
                Optional.of(as),
                Optional.empty()));
      }
    }
  }

  private record Handler(int start, int end, Optional<String> calls) {}

  private static List<Handler> handlers(CodeModel body) {
    CodeAttribute code = (CodeAttribute) body;
    List<Handler> handlers = new ArrayList<>();
    for (ExceptionCatch each : body.exceptionHandlers()) {
      boolean everything =
          each.catchType()
              .filter(type -> type.asInternalName().equals("java/lang/Throwable"))
              .isPresent();
      if (everything) {
        handlers.add(
            new Handler(
                code.labelToBci(each.tryStart()),
                code.labelToBci(each.tryEnd()),
                firstCall(body, code.labelToBci(each.handler()))));
      }
    }
    return handlers;
  }

  private static Optional<String> firstCall(CodeModel body, int from) {
    int at = 0;
    for (CodeElement element : body) {
      if (at >= from && element instanceof InvokeInstruction call) {
        return Optional.of(
            call.owner().asInternalName().replace('/', '.') + "." + call.name().stringValue());
      }
      at += element instanceof Instruction instruction ? instruction.sizeInBytes() : 0;
    }
    return Optional.empty();
  }

  private static Optional<String> handlerAt(List<Handler> handlers, int at) {
    return handlers.stream()
        .filter(handler -> handler.start() <= at && at < handler.end())
        .findFirst()
        .flatMap(Handler::calls);
  }
}
