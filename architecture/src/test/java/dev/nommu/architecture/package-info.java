/** The lines between the rooms, held by tests over the compiled classes and the sources of all. */
@NullMarked
package dev.nommu.architecture;

import org.jspecify.annotations.NullMarked;
