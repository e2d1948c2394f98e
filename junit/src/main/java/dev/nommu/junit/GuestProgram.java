package dev.nommu.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program in C that a test runs on its machine: on a parameter of type {@link Guest} of a test
 * with a {@link Board}.
 *
 * <p>The source is a resource next to the class. It is compiled with {@value GuestCompiler#COMMAND}
 * if that is installed; {@code #include "guest.h"} has system calls and texts for programs without
 * a C library. Without a compiler the build next to the source is run, {@code touch.elf} for {@code
 * touch.c}; {@code touch.build} records the source it was made from and how. A build made from
 * another source fails the test, even if there is a compiler. {@code
 * -Dnommu.guest.builds=src/test/resources} writes both.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface GuestProgram {
  /** Returns the name of the source, {@code "touch.c"}. */
  String value();
}
