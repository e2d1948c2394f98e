package dev.nommu.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The board of a test class or of one test method: the source of parameters of the types {@link
 * dev.nommu.kernel.Machine}, {@link dev.nommu.kernel.task.Task} and {@link
 * dev.nommu.kernel.log.KernelLog}, on which a {@link GuestProgram} runs. Each test has its own
 * machine, with everything the board asks for. After each test, passed or failed, the machine is
 * checked and closed; the test fails if the kernel's accounting is wrong or the sanitizer reports
 * anything.
 *
 * <p>The task is the first process. On a class that extends a contract it is the contract's board.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(MachineExtension.class)
public @interface Board {
  /**
   * Returns the name of a device tree, {@code .dts} or {@code .dtb}, as a file or else as a
   * resource next to the class; or the source itself, which begins with {@code /dts-v1/;}.
   */
  String value();
}
