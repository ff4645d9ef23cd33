import classes from './builder.module.css';

/** Grey cards where the drawing will be. */
export function BuilderSkeleton() {
  return (
    <div className={classes.builder} data-loading>
      <p className="sr-only" role="status">
        Loading the integration
      </p>
      <div className={classes.boneBar} aria-hidden />
      <div className={classes.bones} aria-hidden>
        {[0, 1, 2, 3].map((index) => (
          <span key={index} className={classes.boneCard} />
        ))}
      </div>
    </div>
  );
}
