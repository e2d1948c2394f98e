package dev.nommu.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The board of a test class or of one test method: what parameters of the types {@link
 * dev.nommu.kernel.Machine}, {@link dev.nommu.kernel.task.Task} and {@link
 * dev.nommu.kernel.log.KernelLog} are of, and where a {@link GuestProgram} runs. Each test has a
 * machine of its own, which has all that the board asks for; when the test is over, the machine is
 * checked and closed, whatever came of the test, and fails it if the books are wrong or its
 * sanitizer found something.
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
   * resource beside the class; or the source itself, which begins with {@code /dts-v1/;}.
   */
  String value();
}
