/** What a program finds on its stack when it begins. */
@NullMarked
package dev.nommu.binfmt.stack;

import org.jspecify.annotations.NullMarked;
