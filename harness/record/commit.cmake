# cmake -DSOURCE=folder -DOUTPUT=file -P commit.cmake: writes the commit that is built into a header; "unknown"
# outside a git checkout. Rewrites it only when it changed, so that nothing is compiled for nothing.
execute_process(COMMAND git -C "${SOURCE}" describe --always --dirty --abbrev=40 --match=
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR NOT commit)
  set(commit unknown)
endif()
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT "#define RUNOFF_COMMIT \"${commit}\"\n")
